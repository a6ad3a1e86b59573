namespace IdentityGraph.Graph.Columns;

/// <summary>The statements of one subject, spelt out.</summary>
internal static class StatementList
{
    public static IReadOnlyList<Statement> Of(SnapshotColumns columns, Statements statements, int subject)
    {
        var list = new List<Statement>();
        for (var row = statements.Starts[subject]; row < statements.Starts[subject + 1]; row++)
        {
            ref readonly var said = ref statements.Rows[row];
            var stream = columns.Streams[said.Stream];
            list.Add(new Statement
            {
                Property = columns.PropertyNames[said.Property],
                Value = columns.Values[said.Value],
                From = columns.Times[said.From],
                Until = columns.Times[said.Until],
                At = columns.Times[said.LastAt],
                FirstAt = columns.Times[said.FirstAt],
                Restated = columns.FullStarts[said.Stream],
                Grade = said.Grade,
                Precision = said.Precision,
                Source = stream.Source,
                Tenant = stream.Tenant,
                Stream = stream.Stream,
                RecordedAt = columns.RecordedAt[said.Run],
                Evidence = statements.Evidence.GetValueOrDefault(row, []),
            });
        }

        return [.. list.OrderBy(said => said.From).ThenBy(said => said.Property, StringComparer.Ordinal).ThenBy(said => said.At).ThenBy(said => said.Source, StringComparer.Ordinal)];
    }
}
