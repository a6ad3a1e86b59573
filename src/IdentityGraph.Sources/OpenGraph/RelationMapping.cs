using IdentityGraph.Graph;
using IdentityGraph.Sources.BloodHound;
using P = IdentityGraph.Graph.Properties;

namespace IdentityGraph.Sources.OpenGraph;

/// <summary>One relationship as fact edges: by its row, or as possible control where it has none and may give control.</summary>
internal sealed class RelationMapping(FactList facts)
{
    private static readonly KeyValuePair<string, PropertyValue>[] s_unread = [new(P.Conditions.Name, PropertyValue.Of("unread"))];
    private static readonly KeyValuePair<string, PropertyValue>[] s_noConditions = [new(P.Conditions.Name, PropertyValue.Of("none"))];
    private static readonly KeyValuePair<string, PropertyValue>[] s_noLimit = [new(P.MaxLevel.Name, PropertyValue.None)];
    private static readonly KeyValuePair<string, PropertyValue>[] s_protected = [new(P.Protected.Name, PropertyValue.Of(true))];

    private readonly Stand _stand = new(facts);
    private (string? Kind, KeyValuePair<string, PropertyValue>[] Rights) _unknown = (null, []);

    /// <summary>Adds the facts of a relationship that has a row.</summary>
    /// <returns>Null; or why no kind of edge can say it.</returns>
    public string? Map(EdgeRow row, string kind, ObjectEnd start, ObjectEnd end)
    {
        if (row.Reversed)
        {
            (start, end) = (end, start);
        }

        switch (row.Meaning)
        {
            case Meaning.Member:
                return Member(kind, start, end);
            case Meaning.Rights:
                return Rights(kind, start, end, row.Letters);
            case Meaning.Control:
                return Control(kind, start, end);
            case Meaning.Provision:
                return Provision(kind, start, end);
            case Meaning.Assume or Meaning.AssumeUnread:
                return Assume(kind, start, end, row.Meaning == Meaning.Assume);
            case Meaning.Contains:
                return Contain(start, end);
            case Meaning.Stores or Meaning.Holds when end.Kind.Ours == NodeKinds.Credential:
                return Keeps(kind, start, end, row.Meaning == Meaning.Stores);
            case Meaning.Defines when (end.Kind.Ours == NodeKinds.Workflow || end.Kind.Ours == NodeKinds.Application) && start.Kind.Ours == NodeKinds.Resource:
                facts.Edge(EdgeKinds.DefinedIn, end.Node, start.Node);
                return null;
            case Meaning.Authenticates when start.Kind.Ours == NodeKinds.Credential && (end.Kind.IsPrincipal || end.Kind.Ours == NodeKinds.Application):
                facts.Edge(EdgeKinds.AuthenticatesAs, start.Node, end.Node);
                return null;
            case Meaning.SignsIn when start.Kind.Ours == NodeKinds.Account && end.Kind.Ours == NodeKinds.Account:
                facts.Edge(EdgeKinds.AuthenticatedVia, end.Node, start.Node);
                return null;
            case Meaning.SignsIn:
                return Assume(kind, start, end, certain: true);
            case Meaning.RunsAs:
                return RunsAs(kind, start, end);
            case Meaning.None or Meaning.Within:
                return null;
            default:
                return Possible(kind, start, end);
        }
    }

    /// <summary>
    /// A relationship of unknown meaning that may give control of its end: reached in what is possible, never for certain, by an
    /// ENTITLES without a level or a CAN_ASSUME whose conditions nobody read.
    /// </summary>
    /// <returns>Null; or why no kind of edge can say it.</returns>
    public string? Possible(string kind, ObjectEnd start, ObjectEnd end)
    {
        if (_stand.Holder(start) is not { } holder)
        {
            return $"nothing can act as a {start.Kind.Ours} (`{ShownText.Of(start.Kind.Label)}`), so no kind of edge says `{ShownText.Of(kind)}`";
        }

        if (end.Kind.Directory == DirectoryKind.Computer || end.Kind.IsPlace)
        {
            facts.Edge(EdgeKinds.Entitles, holder, Stand.Place(end), kind, Unknown(kind));
        }
        else if (end.Kind.IsPrincipal && !start.Kind.IsBundle)
        {
            facts.Edge(EdgeKinds.CanAssume, holder, end.Node, kind, s_unread);
        }
        else if (CanBeHad(end))
        {
            facts.Edge(EdgeKinds.Entitles, holder, _stand.Use(end), kind, Unknown(kind));
        }
        else
        {
            return $"nobody can have a {end.Kind.Ours} (`{ShownText.Of(end.Kind.Label)}`), so no kind of edge says `{ShownText.Of(kind)}`";
        }

        return null;
    }

    /// <summary>States that something lies in a system.</summary>
    public void LiesIn(ObjectEnd system, ObjectEnd what) => Contain(system, what);

    /// <summary>Who holds a right by the relationship, and where; null where its ends are no such things.</summary>
    public (string Holder, string Place)? Held(ObjectEnd start, ObjectEnd end) =>
        end.Kind.IsPlace && _stand.Holder(start) is { } holder ? (holder, Stand.Place(end)) : null;

    /// <summary>An unknown level, made once for relationships of one kind in a row.</summary>
    private KeyValuePair<string, PropertyValue>[] Unknown(string kind)
    {
        if (!ReferenceEquals(_unknown.Kind, kind))
        {
            _unknown = (kind, FactList.Rights(null, kind));
        }

        return _unknown.Rights;
    }

    private static bool CanBeHad(ObjectEnd end) =>
        end.Kind.IsPrincipal || end.Kind.IsBundle || end.Kind.Ours == NodeKinds.Credential || end.Kind.Ours == NodeKinds.Workflow || end.Kind.Ours == NodeKinds.Policy;

    private string? Member(string kind, ObjectEnd start, ObjectEnd end)
    {
        var ours = end.Kind.Ours;
        if (!start.Kind.IsBundle && _stand.Actor(start) is not { })
        {
            return Possible(kind, start, end);
        }

        var of = _stand.Holder(start)!;
        if (ours == NodeKinds.Group && start.Kind.Ours != NodeKinds.Role && start.Kind.Ours != NodeKinds.Entitlement)
        {
            facts.Edge(EdgeKinds.MemberOf, of, end.Node);
        }
        else if (ours == NodeKinds.Role && start.Kind.Ours != NodeKinds.Entitlement)
        {
            facts.Edge(EdgeKinds.HasRole, of, end.Node);
        }
        else if (ours == NodeKinds.Entitlement && start.Kind.Ours != NodeKinds.Entitlement)
        {
            facts.Edge(EdgeKinds.HasEntitlement, of, end.Node);
        }
        else
        {
            return Possible(kind, start, end);
        }

        return null;
    }

    private string? Rights(string kind, ObjectEnd start, ObjectEnd end, string? letters)
    {
        var place = end.Kind.Directory == DirectoryKind.Computer || end.Kind.IsPlace;
        if (!place)
        {
            // Rights on what only knows use: whoever may administer it can take it over, who may only look at it cannot.
            return letters is null ? Possible(kind, start, end) : letters.Contains('A', StringComparison.Ordinal) ? Control(kind, start, end)
                : letters.Contains('U', StringComparison.Ordinal) ? Used(kind, start, end) : null;
        }

        if (_stand.Holder(start) is not { } holder)
        {
            return Possible(kind, start, end);
        }

        facts.Edge(EdgeKinds.Entitles, holder, Stand.Place(end), kind, FactList.Rights(letters, kind));
        return null;
    }

    private string? Used(string kind, ObjectEnd start, ObjectEnd end)
    {
        if (_stand.Holder(start) is not { } holder || !CanBeHad(end))
        {
            return Possible(kind, start, end);
        }

        facts.Edge(EdgeKinds.Entitles, holder, _stand.Use(end), kind, FactList.Rights("U", kind));
        return null;
    }

    private string? Control(string kind, ObjectEnd start, ObjectEnd end)
    {
        var ours = end.Kind.Ours;
        if (ours == NodeKinds.Resource)
        {
            return Rights(kind, start, end, RightsLogic.Of(Level.L5).ToLetters());
        }

        if (ours == NodeKinds.Credential || ours == NodeKinds.Workflow || ours == NodeKinds.Policy || ours == NodeKinds.Entitlement)
        {
            return Used(kind, start, end);
        }

        var taken = end.Kind.IsPrincipal || ours == NodeKinds.Application || ours == NodeKinds.Group || ours == NodeKinds.Role || ours == NodeKinds.System;
        if (!taken || _stand.Holder(start) is not { } holder)
        {
            return Possible(kind, start, end);
        }

        if (start.Kind.IsBundle)
        {
            facts.Edge(EdgeKinds.Entitles, holder, _stand.Administration(end), kind, FactList.Rights("U", kind));
        }
        else
        {
            _stand.Power(start.Kind.Ours == NodeKinds.Application ? start.Node : holder, end, kind);
        }

        return null;
    }

    private string? Provision(string kind, ObjectEnd start, ObjectEnd end)
    {
        if (end.Kind.Ours != NodeKinds.System || _stand.Holder(start) is not { } holder)
        {
            return Control(kind, start, end);
        }

        if (start.Kind.IsBundle)
        {
            facts.Edge(EdgeKinds.Entitles, holder, _stand.Provisioning(end), kind, FactList.Rights("U", kind));
        }
        else
        {
            facts.Edge(EdgeKinds.CanProvision, holder, end.Node, kind, s_noLimit);
        }

        return null;
    }

    private string? Assume(string kind, ObjectEnd start, ObjectEnd end, bool certain)
    {
        if (!end.Kind.IsPrincipal)
        {
            return certain ? Used(kind, start, end) : Possible(kind, start, end);
        }

        if (_stand.Holder(start) is not { } holder)
        {
            return Possible(kind, start, end);
        }

        if (start.Kind.IsBundle)
        {
            facts.Edge(EdgeKinds.Entitles, holder, _stand.Use(end), kind, FactList.Rights(certain ? "U" : null, kind));
        }
        else
        {
            facts.Edge(EdgeKinds.CanAssume, holder, end.Node, kind, certain ? s_noConditions : s_unread);
        }

        return null;
    }

    /// <summary>A place keeps a credential for whoever reads it, or for what runs in it; who acts holds it; a group cannot.</summary>
    private string? Keeps(string kind, ObjectEnd start, ObjectEnd end, bool stored)
    {
        var ours = start.Kind.Ours;
        if (!stored && (ours == NodeKinds.System || ours == NodeKinds.Resource))
        {
            facts.Edge(EdgeKinds.HeldBy, end.Node, _stand.Actor(start)!);
        }
        else if (ours == NodeKinds.System || ours == NodeKinds.Resource)
        {
            facts.Edge(EdgeKinds.StoredIn, end.Node, ours == NodeKinds.System ? _stand.Inside(start) : start.Node);
        }
        else if (start.Kind.IsPrincipal || ours == NodeKinds.Person || ours == NodeKinds.Application || ours == NodeKinds.Organization || ours == NodeKinds.Workflow || ours == NodeKinds.Connector)
        {
            facts.Edge(EdgeKinds.HeldBy, end.Node, start.Node);
        }
        else
        {
            return Used(kind, start, end);
        }

        return null;
    }

    private string? RunsAs(string kind, ObjectEnd start, ObjectEnd end)
    {
        var ours = start.Kind.Ours;
        var runs = ours == NodeKinds.System || ours == NodeKinds.Resource || ours == NodeKinds.Application || ours == NodeKinds.Connector || ours == NodeKinds.Workflow || ours == NodeKinds.Step;
        if (!end.Kind.IsPrincipal || !runs)
        {
            return Assume(kind, start, end, certain: true);
        }

        facts.Edge(EdgeKinds.RunsAs, ours == NodeKinds.System ? _stand.Inside(start) : Stand.Place(start), end.Node);
        return null;
    }

    private string? Contain(ObjectEnd start, ObjectEnd end)
    {
        var ours = end.Kind.Ours;
        var container = Stand.Place(start);
        if (start.Kind.Ours != NodeKinds.System && start.Kind.Ours != NodeKinds.Resource && container == start.Node)
        {
            return $"no kind of edge says that a {start.Kind.Ours} contains anything";
        }

        if (ours == NodeKinds.Resource || end.Kind.IsPrincipal)
        {
            facts.Edge(EdgeKinds.Contains, container, end.Node);
        }
        else if (ours == NodeKinds.Credential)
        {
            facts.Edge(EdgeKinds.StoredIn, end.Node, start.Kind.Ours == NodeKinds.System ? _stand.Inside(start) : container);
        }
        else if (start.Kind.Ours == NodeKinds.System)
        {
            facts.Edge(EdgeKinds.InSystem, end.Node, container);
        }
        else if (ours == NodeKinds.Workflow || ours == NodeKinds.Application)
        {
            facts.Edge(EdgeKinds.DefinedIn, end.Node, container, null, s_protected);
        }
        else if (ours == NodeKinds.Group || ours == NodeKinds.Role)
        {
            // Who may administer the container reaches what it contains; who may only write to it does not.
            facts.Edge(EdgeKinds.DefinedIn, _stand.Administration(end), container, null, s_protected);
        }
        else
        {
            return $"no kind of edge says that a {start.Kind.Ours} contains a {ours}";
        }

        return null;
    }
}
