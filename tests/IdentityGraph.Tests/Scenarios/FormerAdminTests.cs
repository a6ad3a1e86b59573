using IdentityGraph.Analyze.Leavers;
using IdentityGraph.Analyze.Reach;

namespace IdentityGraph.Tests.Scenarios;

/// <summary>
/// SC-12: the admin account of a former employee (CISA AA24-046A). Its leaked password opens the VPN and a server on which the
/// password of a global administrator is stored; directory and cloud directory share that administrator. No second factor anywhere.
/// </summary>
public sealed class FormerAdminTests
{
    private const string Today = "2024-02-15";

    [Fact]
    public void SC_12_the_cloud_directory_is_reached_though_no_use_was_observed_there()
    {
        var leaver = Company().Leaver("alex", Today);
        Assert.Equal(LeaverVerdict.Reachable, leaver.Verdict);
        Assert.Equal(PathClass.R1, leaver.Class);
        Assert.Equal(
            ["R1 Certain a2 pw → ad L6", "R1 Certain a2 pw → entra L6", "R1 Certain a2 pw → sharepoint-vm L5"],
            leaver.Lines());
    }

    [Fact]
    public void SC_12_the_proof_is_drawn_from_the_person_and_its_first_hop_is_the_password()
    {
        var entra = Company().Leaver("alex", Today).Paths.Single(path => path.Target.Id == "entra");
        Assert.Equal(["alex", "pw", "adm-former", "vpn", "sharepoint-vm", "pw-global", "adm-global", "entra"], entra.Proof.Steps.Select(step => step.Node.Id));
        Assert.Equal([null, "D2", "D1", "D4", "D4", "D3", "D1", "D4"], entra.Proof.Steps.Select(step => step.Rule?.Id));
    }

    [Theory]
    [InlineData("pw")]
    [InlineData("adm-former")]
    [InlineData("vpn")]
    [InlineData("sharepoint-vm")]
    [InlineData("pw-global")]
    [InlineData("adm-global")]
    public void SC_12_each_node_on_the_way_is_a_cut_of_one(string cut)
    {
        var view = Company().At(Today);
        var liveness = new Liveness(view);
        var reach = ControlGraph.Compile(view, liveness, AttackerProfile.Leaver).Reach(
            [Seed.Of(view.Find("alex")!.Value)],
            new ReachOptions { DeadNodes = new HashSet<int> { view.Find(cut)!.Value.Index } },
            TestContext.Current.CancellationToken);
        Assert.True(reach[view.Find("entra")!.Value].IsEmpty);
        Assert.True(reach[view.Find("ad")!.Value].IsEmpty);
    }

    [Fact]
    public void SC_12_separate_administrators_on_premises_and_in_the_cloud_close_the_cloud_only()
    {
        var leaver = Company(split: true).Leaver("alex", Today);
        Assert.Equal(["R1 Certain a2 pw → ad L6", "R1 Certain a2 pw → sharepoint-vm L5"], leaver.Lines());
    }

    [Fact]
    public void SC_12_passwords_changed_after_they_left_open_nothing_but_the_account_left_behind_stays_latent()
    {
        var leaver = Company(rotated: "2024-01-20").Leaver("alex", Today);
        Assert.Equal(LeaverVerdict.Latent, leaver.Verdict);
        Assert.All(leaver.Paths, path => Assert.Equal(PathClass.R2, path.Class));
    }

    internal static Facts Company(bool split = false, string? rotated = null) => Facts.Of(Today, run =>
    {
        run.Person("alex", "2024-01-10")
            .Node("ad", "System", ("category", "directory"))
            .Node("entra", "System", ("category", "directory"))
            .Node("vpn", "System", ("category", "network"))
            .Node("sharepoint-vm", "Resource")
            .Account("adm-former", "alex", "ad", "Active", "sso")
            .Node("adm-former", "Account", ("lastUsedAt", Facts.Instant("2024-02-10")))
            .Secret("pw", "password", "adm-former", ("rotatedAt", rotated is null ? null : Facts.Instant(rotated)))
            .Edge("HELD_BY", "pw", "alex").With(from: "2023-01-01")
            .Reads("adm-former", "vpn", "L4")
            .Reads("adm-former", "sharepoint-vm", "L5")
            .Edge("REACHED_THROUGH", "sharepoint-vm", "vpn")
            .Node("adm-global", "Account", ("state", "Active"), ("mfa", false))
            .Secret("pw-global", "password", "adm-global", ("rotatedAt", rotated is null ? null : Facts.Instant(rotated)))
            .Edge("STORED_IN", "pw-global", "sharepoint-vm")
            .Reads("adm-global", "ad", "L5");
        run.Node("adm-cloud", "Account", ("state", "Active"), ("mfa", false)).Reads(split ? "adm-cloud" : "adm-global", "entra", "L5");
    });
}
