using System.Globalization;
using System.Text;
using IdentityGraph.Sources.Aws.Iam;

namespace IdentityGraph.Sources.Aws;

/// <summary>
/// The statements of a document that are about an action, found once a document; and the holders for whom every action is decided alike,
/// so that what many principals share is decided once.
/// </summary>
internal sealed class StatementIndex
{
    private const int Few = 8;

    private readonly Dictionary<PolicyDocument, Dictionary<string, PolicyDocument>> _about = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<PolicyDocument, DocumentActions> _actions = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<ActionPatterns, ActionSet> _asked = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<string, AlikeHolders> _alike = new(StringComparer.Ordinal);
    private readonly StringBuilder _signature = new();
    private readonly Dictionary<PolicyDocument, int> _documents = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<PolicyStatement, int> _statements = new(SameSaying.Instance);
    private readonly Dictionary<DecidingKey, Deciding> _deciding = [];

    /// <summary>The holders that are decided as this one.</summary>
    public AlikeHolders Of(Holder holder) => holder.AlikeIn(this);

    /// <summary>What decides the action for the holder.</summary>
    public Deciding Of(Holder holder, string action) => Of(holder).On(action);

    /// <summary>Its statements about the action, or that could not be read.</summary>
    public PolicyDocument About(PolicyDocument document, string action)
    {
        if (!ActionsOf(document).Any.Contains(AskedActions.Of(action)))
        {
            return PolicyDocument.Empty;
        }

        if (!_about.TryGetValue(document, out var actions))
        {
            _about.Add(document, actions = new(StringComparer.Ordinal));
        }

        if (!actions.TryGetValue(action, out var about))
        {
            var asked = AskedActions.Of(action);
            var statements = document.Statements.Where(statement => statement.Problem is not null || AskedOf(statement.About).Contains(asked)).ToArray();
            actions.Add(action, about = statements.Length == document.Statements.Count ? document : new PolicyDocument(statements));
        }

        return about;
    }

    /// <summary>What decides the action where these policies are all there is.</summary>
    public Deciding Decide(AlikeHolders alike, string action)
    {
        var holder = alike.First;
        List<int> says = [];
        List<PolicyDocument> identity = [];
        foreach (var document in holder.Documents)
        {
            var about = About(document, action);
            if (about.Statements.Count > 0)
            {
                identity.Add(about);
                Say(about, says);
            }
        }

        var boundary = holder.Boundary is { } bound ? Said(About(bound.Document, action), DecidingKey.Boundary, says) : null;
        IReadOnlyList<PolicyDocument>[] levels = [.. holder.Levels.Select(level => Level(level, action, says))];
        var key = new DecidingKey(action, alike.Name, [.. says]);
        if (!_deciding.TryGetValue(key, out var deciding))
        {
            _deciding.Add(key, deciding = new Deciding(action, new PolicySet { Identity = identity, Boundary = boundary, ServiceControl = levels }));
        }

        return deciding;
    }

    public AlikeHolders Find(Holder holder)
    {
        _signature.Clear();
        var signature = _signature;
        var (allowed, usesName) = (default(ActionSet), false);
        foreach (var document in holder.Documents)
        {
            var actions = ActionsOf(document);
            if (!actions.Any.IsEmpty)
            {
                signature.Append(NumberOf(document)).Append(' ');
                (allowed, usesName) = (allowed | actions.Allowed, usesName || document.UsesName);
            }
        }

        foreach (var policy in holder.Boundary is { } boundary ? [boundary] : Array.Empty<HeldPolicy>())
        {
            signature.Append('|').Append(NumberOf(policy.Document));
            usesName |= policy.Document.UsesName;
        }

        foreach (var level in holder.Levels)
        {
            signature.Append('/');
            foreach (var policy in level)
            {
                signature.Append(NumberOf(policy.Document)).Append(',');
                usesName |= policy.Document.UsesName;
            }
        }

        var key = signature.Append(usesName ? holder.Node : "").Length == 0 ? "" : signature.ToString();
        if (!_alike.TryGetValue(key, out var alike))
        {
            _alike.Add(key, alike = new AlikeHolders(this, holder, allowed, usesName ? holder.Node : null));
        }

        return alike;
    }

    /// <summary>Whether any statement of it is about any action that is asked for.</summary>
    public bool IsDecisive(PolicyDocument document) => !ActionsOf(document).Any.IsEmpty;

    private DocumentActions ActionsOf(PolicyDocument document)
    {
        var actions = default(DocumentActions);
        if (document.IsPacked || _actions.TryGetValue(document, out actions))
        {
            return actions;
        }

        foreach (var statement in document.Statements)
        {
            var asked = statement.Problem is null ? AskedOf(statement.About) : AskedActions.Every;
            actions = new(statement.Denies ? actions.Allowed : actions.Allowed | asked, actions.Any | asked);
        }

        // Of a document that one has it is found again as quickly.
        if (document.IsShared || document.Statements.Count > Few)
        {
            _actions.Add(document, actions);
        }

        return actions;
    }

    private ActionSet AskedOf(ActionPatterns about)
    {
        if (!_asked.TryGetValue(about, out var asked))
        {
            _asked.Add(about, asked = AskedActions.Of(about));
        }

        return asked;
    }

    private string NumberOf(PolicyDocument document)
    {
        if (!_documents.TryGetValue(document, out var number))
        {
            _documents.Add(document, number = _documents.Count);
        }

        return number.ToString(CultureInfo.InvariantCulture);
    }

    private PolicyDocument[] Level(IReadOnlyList<HeldPolicy> level, string action, List<int> says)
    {
        says.Add(DecidingKey.Level);
        return [.. level.Select(policy => Said(About(policy.Document, action), DecidingKey.Document, says))];
    }

    private PolicyDocument Said(PolicyDocument about, int mark, List<int> says)
    {
        says.Add(mark);
        Say(about, says);
        return about;
    }

    /// <summary>Statements that say the same of resources and conditions have the same number.</summary>
    private void Say(PolicyDocument about, List<int> says)
    {
        foreach (var statement in about.Statements)
        {
            if (!_statements.TryGetValue(statement, out var number))
            {
                _statements.Add(statement, number = _statements.Count);
            }

            says.Add(number);
        }
    }

    /// <summary>Asked actions that a document may allow, and those that any statement of it is about.</summary>
    private readonly record struct DocumentActions(ActionSet Allowed, ActionSet Any);
}
