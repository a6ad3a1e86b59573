using IdentityGraph.Graph;

namespace IdentityGraph.Benchmarks.Estates;

/// <summary>
/// A company thrown by dice, in numbers alone: ten edges a node, heavy-tailed degrees, most edges within a unit. In the first units
/// secrets lie about and nearly everything leads to everything (dense); in the others few credentials are stored where others can read
/// them, and reach stays within a few units (sparse). Nothing leads from one part to the other.
/// </summary>
internal sealed class Estate
{
    private readonly EstateOptions _options;
    private readonly int _openUnits;

    public Estate(EstateOptions options)
    {
        _options = options;
        var nodes = options.Edges / 10;
        Units = Math.Max(5, nodes / EstateOptions.UnitNodes);
        _openUnits = Units * EstateOptions.OpenPercent / 100;
        People = Part(NodeKinds.Person, "hr:person/", 12);
        Accounts = Part(NodeKinds.Account, "okta:user/", 25);
        Groups = Part(NodeKinds.Group, "okta:group/", 6);
        Credentials = Part(NodeKinds.Credential, "vault:key/", 20);
        Services = Part(NodeKinds.ServiceIdentity, "entra:app/", 5);
        Roles = Part(NodeKinds.Role, "aws:role/", 7);
        Resources = Part(NodeKinds.Resource, "aws:resource/", 25);

        EstatePart Part(NodeKind kind, string prefix, int percent)
        {
            var part = new EstatePart(kind, prefix, Nodes, (int)((long)nodes * percent / 100), Units);
            Nodes += part.Count;
            return part;
        }
    }

    public EstateOptions Options => _options;

    public int Nodes { get; private set; }

    public int Units { get; }

    public EstatePart People { get; }

    public EstatePart Accounts { get; }

    public EstatePart Groups { get; }

    public EstatePart Credentials { get; }

    public EstatePart Services { get; }

    public EstatePart Roles { get; }

    public EstatePart Resources { get; }

    public IReadOnlyList<EstatePart> Parts => [People, Accounts, Groups, Credentials, Services, Roles, Resources];

    public EstatePart PartOf(int node) => Parts.Last(part => part.First <= node);

    public string IdOf(int node)
    {
        var part = PartOf(node);
        return part.Prefix + (node - part.First);
    }

    public bool IsOpen(int unit) => unit < _openUnits;

    /// <summary>Service identities spread over the dense, or the sparse, part.</summary>
    public IEnumerable<int> SomeServices(bool open, int count)
    {
        var (first, end) = Services.In(open ? 0 : _openUnits, open ? _openUnits : Units);
        return Enumerable.Range(0, count).Select(i => first + (int)((long)i * (end - first) / count));
    }

    /// <summary>Every edge as kind, start, end, in the order of its kind; a pair may come twice.</summary>
    public IEnumerable<(EdgeKind Kind, int Of, int To)> Edges()
    {
        var dice = new Dice(_options.Seed);
        for (var i = 0; i < Accounts.Count; i++)
        {
            yield return (EdgeKinds.BelongsTo, Accounts.First + i, Near(ref dice, People, Accounts.UnitOf(Accounts.First + i), 100));
        }

        for (var i = 0; i < Credentials.Count; i++)
        {
            var key = Credentials.First + i;
            var unit = Credentials.UnitOf(key);
            yield return (EdgeKinds.AuthenticatesAs, key, Near(ref dice, dice.Percent(25) ? Services : Accounts, unit, 90));
            if (dice.Share() < (IsOpen(unit) ? 0.5 : 0.01))
            {
                yield return (EdgeKinds.StoredIn, key, Near(ref dice, Resources, unit, 90));
            }
        }

        foreach (var edge in Memberships(dice.Next()))
        {
            yield return edge;
        }

        foreach (var part in (EstatePart[])[Groups, Roles])
        {
            for (var i = 0; i < part.Count; i++)
            {
                var holder = part.First + i;
                for (var more = dice.Heavy(17, 2_000); more > 0; more--)
                {
                    yield return (EdgeKinds.Entitles, holder, Near(ref dice, Resources, part.UnitOf(holder), 95));
                }
            }
        }
    }

    private IEnumerable<(EdgeKind Kind, int Of, int To)> Memberships(ulong seed)
    {
        var dice = new Dice(seed);
        foreach (var (part, groups, roles) in ((EstatePart, int, int)[])[(Accounts, 8, 4), (Services, 2, 3), (Groups, 0, 2)])
        {
            for (var i = 0; i < part.Count; i++)
            {
                var holder = part.First + i;
                var unit = part.UnitOf(holder);
                for (var more = groups; more > 0; more--)
                {
                    yield return (EdgeKinds.MemberOf, holder, Near(ref dice, Groups, unit, 95, popular: true));
                }

                for (var more = roles; more > 0; more--)
                {
                    yield return (EdgeKinds.HasRole, holder, Near(ref dice, Roles, unit, 95, popular: true));
                }

                if (part == Groups && i > 0 && part.UnitOf(holder - 1) == unit)
                {
                    yield return (EdgeKinds.MemberOf, holder, holder - 1);
                }
            }
        }
    }

    /// <summary>One of the part, mostly of the same unit: else of the division, or anywhere in the dense part.</summary>
    private int Near(ref Dice dice, EstatePart part, int unit, int local, bool popular = false)
    {
        var (first, end) = (unit, unit + 1);
        if (!dice.Percent(local))
        {
            var division = _openUnits + ((unit - _openUnits) / EstateOptions.DivisionUnits * EstateOptions.DivisionUnits);
            (first, end) = IsOpen(unit) ? (0, _openUnits) : (division, Math.Min(Units, division + EstateOptions.DivisionUnits));
        }

        var (low, high) = part.In(first, end);
        return low + (popular ? dice.Popular(high - low) : dice.Below(high - low));
    }
}
