using System.CommandLine;
using IdentityGraph.Graph;
using IdentityGraph.Report;

namespace IdentityGraph.Cli;

/// <summary>Prints kinds, edges, properties, rights and gates, or what vendors' words for rights are taken to mean.</summary>
internal static class SchemaCommand
{
    public static Command Create(Door door)
    {
        var catalogue = new Option<string?>("--catalogue")
        {
            Description = "Print what a vendor's words for rights are taken to mean; without a name, which catalogues there are.",
            HelpName = "NAME",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var command = new ExampleCommand(
            "schema",
            "Print the node kinds, edge kinds and properties.",
            "idgraph schema --format md",
            "idgraph schema -o json",
            "idgraph schema --catalogue entra-roles") { catalogue };
        door.On(command, (session, parsed, _) =>
        {
            if (parsed.GetResult(catalogue) is not null)
            {
                PrintCatalogue(session.Printer, parsed.GetValue(catalogue));
                return Task.FromResult(ExitCode.Done);
            }

            switch (session.Printer.Format)
            {
                case OutputFormat.Md:
                    session.Printer.Output.Write(SchemaText.Markdown());
                    break;
                case OutputFormat.Mermaid:
                    session.Printer.Output.Write(SchemaText.Mermaid());
                    break;
                default:
                    session.Printer.Print(Kinds());
                    break;
            }

            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }

    private static void PrintCatalogue(Printer printer, string? name)
    {
        var sheet = name is null ? CatalogueSheets.List() : CatalogueSheets.Of(name);
        if (printer.Format == OutputFormat.Md)
        {
            CatalogueSheets.WriteMarkdown(sheet, printer.Output);
        }
        else
        {
            printer.Print(sheet);
        }
    }

    private static Sheet Kinds() => Sheet.Of(
        "Node and edge kinds, rights, gates, evidence grades",
        ["what", "name", "meaning", "from", "to", "properties"],
        NodeKind.All.Select(kind => new[] { "node", kind.Name, kind.Sentence, null, null, string.Join(' ', kind.Properties) })
            .Concat(EdgeKind.All.Select(kind => new[] { "edge", kind.Name, kind.Sentence, string.Join(' ', kind.From), string.Join(' ', kind.To), string.Join(' ', kind.Properties) }))
            .Concat(Words.Rights.Select(right => new[] { "right", right.Word.Name, right.Word.Sentence, null, null, right.Letter }))
            .Concat(Words.Gates.Select(gate => new[] { "gate", gate.Name, gate.Sentence, null, null, null }))
            .Concat(Words.Grades.Select(grade => new[] { "grade", grade.Word.Name, grade.Word.Sentence, null, null, null }))
            .Concat(Codes.Anchors.Select(code => new[] { "leaver anchor", code.Name, code.Meaning, null, null, null }))
            .Concat(Codes.PathClasses.Select(code => new[] { "leaver path", code.Name, code.Meaning, null, null, null }))
            .Concat(Codes.OrphanReasons.Select(code => new[] { "orphan reason", code.Name, code.Meaning, null, null, null })),
        "`idgraph schema --format md` prints all of it with types, words and levels.");
}
