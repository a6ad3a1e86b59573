using IdentityGraph.Graph;
using IdentityGraph.Sources.BloodHound;
using IdentityGraph.Sources.Records;
using P = IdentityGraph.Graph.Properties;

namespace IdentityGraph.Sources.OpenGraph;

/// <summary>
/// What is made beside an object, once and when first needed, because the rules let only some kinds of node start or end an edge. None of
/// it can do more than who has the object.
/// </summary>
internal sealed class Stand(FactList facts)
{
    private static readonly KeyValuePair<string, PropertyValue> s_active = new(P.State.Name, PropertyValue.Of("Active"));
    private static readonly KeyValuePair<string, PropertyValue> s_right = new(P.StandsFor.Name, PropertyValue.Of("directoryRight"));
    private static readonly KeyValuePair<string, PropertyValue> s_noLimit = new(P.MaxLevel.Name, PropertyValue.None);

    /// <summary>A gate that nobody knows: what passes it is possible, never certain.</summary>
    private static readonly KeyValuePair<string, PropertyValue> s_unread = new(P.Gates.Name, PropertyValue.Of(["meaningUnread"]));

    private readonly IdSet _made = new();

    /// <summary>
    /// The principal that acts as the object: itself where it is one; else one that the object RUNS_AS (a system: that what is inside
    /// it runs as). Null where nothing can act as it.
    /// </summary>
    public string? Actor(ObjectEnd of)
    {
        var ours = of.Kind.Ours;
        if (of.Kind.IsPrincipal)
        {
            return of.Node;
        }

        if (of.HasActor)
        {
            return of.Acting;
        }

        var from = ours == NodeKinds.System ? Inside(of) : Place(of);
        var runs = ours == NodeKinds.System || ours == NodeKinds.Resource || ours == NodeKinds.Unknown || ours == NodeKinds.Application || ours == NodeKinds.Connector
            || ours == NodeKinds.Workflow || ours == NodeKinds.Step;
        if (!runs && ours != NodeKinds.Credential)
        {
            return null;
        }

        var actor = Acting(of);
        of.HasActor = true;
        if (_made.Add("from " + actor))
        {
            if (runs)
            {
                facts.Edge(EdgeKinds.RunsAs, from, actor);
            }
            else
            {
                facts.Edge(EdgeKinds.AuthenticatesAs, of.Node, actor, null, s_unread);
            }
        }

        return actor;
    }

    /// <summary>Who starts an ENTITLES for the object: itself where the rules allow, else <see cref="Actor"/>.</summary>
    public string? Holder(ObjectEnd of) => of.Kind.IsBundle ? of.Node : Actor(of);

    /// <summary>Where rights on the object are held; of a computer its host.</summary>
    public static string Place(ObjectEnd of) => of.Kind.Directory == DirectoryKind.Computer ? DirectoryIds.Host(of.Identifier) : of.Node;

    /// <summary>An application that can do to the object what control of it allows: for groups and roles, which cannot do it themselves.</summary>
    public string Administration(ObjectEnd of)
    {
        var administration = of.Beside("administration");
        if (_made.Add(administration))
        {
            facts.Node(administration, NodeKinds.Application, [Named("administration of ", of), s_active, s_right]);
            Power(administration, of, null);
        }

        return administration;
    }

    /// <summary>The edge by which a principal or application takes the object over.</summary>
    public void Power(string of, ObjectEnd over, string? key)
    {
        if (over.Kind.IsPrincipal || over.Kind.Ours == NodeKinds.Application)
        {
            facts.Edge(EdgeKinds.CanIssueCredential, of, over.Node, key);
        }
        else
        {
            facts.Edge(EdgeKinds.CanGrant, of, over.Node, key, s_noLimit);
        }
    }

    /// <summary>An application that can make principals in the system.</summary>
    public string Provisioning(ObjectEnd of)
    {
        var provisioning = of.Beside("provisioning");
        if (_made.Add(provisioning))
        {
            facts.Node(provisioning, NodeKinds.Application, [Named("provisioning of ", of), s_active, s_right]);
            facts.Edge(EdgeKinds.CanProvision, provisioning, of.Node, null, s_noLimit);
        }

        return provisioning;
    }

    /// <summary>
    /// An application that gives the object to who has the use of it, creating nothing: a principal acts as it, a group or role is had, a
    /// credential held.
    /// </summary>
    public string Use(ObjectEnd of)
    {
        var use = of.Use;
        if (!of.HasUse && _made.Add(use))
        {
            facts.Node(use, NodeKinds.Application, [Named("use of ", of), s_active, s_right]);
            if (of.Kind.IsPrincipal)
            {
                facts.Edge(EdgeKinds.RunsAs, use, of.Node);
            }
            else if (of.Kind.Ours == NodeKinds.Credential)
            {
                facts.Edge(EdgeKinds.HeldBy, of.Node, use);
            }
            else
            {
                facts.Edge(EdgeKinds.RunsAs, use, Having(of));
            }
        }

        of.HasUse = true;
        return use;
    }

    /// <summary>What is inside a system and runs: a place whose use is had with the system's.</summary>
    public string Inside(ObjectEnd of)
    {
        var inside = of.Beside("inside");
        if (_made.Add(inside))
        {
            facts.Node(inside, NodeKinds.Resource, [Named("inside ", of), new(P.Kind.Name, PropertyValue.Of("inside"))]);
            facts.Edge(EdgeKinds.Contains, of.Node, inside);
        }

        return inside;
    }

    /// <summary>A principal that has the group or role, or may change the workflow or policy.</summary>
    private string Having(ObjectEnd of)
    {
        var acting = Acting(of);
        if (_made.Add("having " + acting))
        {
            var kind = of.Kind.Ours == NodeKinds.Group ? EdgeKinds.MemberOf
                : of.Kind.Ours == NodeKinds.Role ? EdgeKinds.HasRole
                : of.Kind.Ours == NodeKinds.Entitlement ? EdgeKinds.HasEntitlement
                : EdgeKinds.CanModify;
            facts.Edge(kind, acting, of.Node);
        }

        return acting;
    }

    private string Acting(ObjectEnd of)
    {
        var acting = of.Acting;
        if (_made.Add(acting))
        {
            facts.Node(acting, NodeKinds.ServiceIdentity, [Named("acting as ", of), s_active]);
        }

        return acting;
    }

    private static KeyValuePair<string, PropertyValue> Named(string what, ObjectEnd of) => new(P.Name.Name, PropertyValue.Of(what + ShownText.Of(of.Identifier)));
}
