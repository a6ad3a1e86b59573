using System.Text;
using IdentityGraph.Collect;
using IdentityGraph.Graph;
using IdentityGraph.Sources;
using IdentityGraph.Sources.GitHubWorkflows;

namespace IdentityGraph.Tests.Sources.GitHubWorkflows;

public sealed class GitHubWorkflowsTests : IDisposable
{
    private const string Commit = "11bd71901bbe5b1630ceea73d27597364c9af683";
    private const string Deploy = "github:workflow/acme%2Fpay%2F.github%2Fworkflows%2Fdeploy.yml";
    private const string Job = "github:job/acme%2Fpay%2F.github%2Fworkflows%2Fdeploy.yml%23deploy";

    private readonly FileStory _story = new(new GitHubWorkflowsFormat());

    public void Dispose() => _story.Dispose();

    [Fact]
    public void Steps_stand_in_order_within_a_job_and_between_jobs()
    {
        Read("""
            name: Deploy
            on: push
            jobs:
              build:
                runs-on: ubuntu-latest
                steps:
                  - uses: actions/checkout@v4
                  - run: make
              deploy:
                needs: build
                runs-on: ubuntu-latest
                steps:
                  - name: Ship it
                    run: make ship
            """);

        Assert.Equal([Step("build", 0, "build", 1), Step("build", 1, "deploy", 0)], _story.Edges("NEXT"));
        Assert.Equal("Ship it", _story.Said("github:step/acme%2Fpay%2F.github%2Fworkflows%2Fdeploy.yml%23deploy%2F0", Properties.Name));
        Assert.Equal(("Deploy", "event", null), (_story.Said(Deploy, Properties.Name), _story.Said(Deploy, Properties.Trigger), _story.Said(Deploy, Properties.State)));
        Assert.Equal([$"{Deploy} -> github:repo/acme%2Fpay"], _story.Edges("DEFINED_IN"));
        Assert.Equal(["workflow", "uses", "uses", "run", "run"], _story.Trace.Select(line => line.Kind));
    }

    [Theory]
    [InlineData("actions/checkout@" + Commit, "pinned=true")]
    [InlineData("docker://alpine@sha256:9b7d4f0c2a1e3d5b6c8f0a1b2c3d4e5f60718293a4b5c6d7e8f9001122334455", "pinned=true")]
    [InlineData("actions/checkout@v4", "pinned=false")]
    [InlineData("actions/checkout@main", "pinned=false")]
    [InlineData("actions/checkout@11bd719", "pinned=false")]
    [InlineData("actions/checkout@v4-11bd71901bbe5b1630ceea73d27597364c9af683", "pinned=false")]
    [InlineData("docker://alpine:3.20", "pinned=false")]
    [InlineData("actions/checkout", "")]
    public void A_dependency_is_pinned_only_by_a_whole_commit_or_digest(string uses, string pinned)
    {
        Read($"on: push\njobs:\n  deploy:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: {uses}\n");

        Assert.EndsWith(pinned, Assert.Single(_story.Edges("DEPENDS_ON")));
        Assert.Equal(pinned.Length > 0, Assert.Single(_story.Edges("DEPENDS_ON")).Contains("pinned", StringComparison.Ordinal));
    }

    [Fact]
    public void An_action_of_the_same_repository_is_no_dependency()
    {
        Read("on: push\njobs:\n  deploy:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: ./.github/actions/build\n");

        Assert.Empty(_story.Edges("DEPENDS_ON"));
    }

    [Fact]
    public void Secrets_are_known_by_their_names_wherever_they_are_used_and_the_token_of_the_job_is_none()
    {
        Read("""
            on: push
            env:
              KEY: ${{ secrets.DEPLOY_KEY }}
            jobs:
              deploy:
                runs-on: ubuntu-latest
                steps:
                  - run: echo "${{ secrets['other_key'] || secrets.DEPLOY_KEY }}"
                    env:
                      T: ${{ secrets.GITHUB_TOKEN }}
                  - run: echo secrets.NOT_IN_AN_EXPRESSION
            """);

        Assert.Equal(["github:secret/acme%2Fpay%2FDEPLOY_KEY", "github:secret/acme%2Fpay%2FOTHER_KEY"], _story.Nodes("Credential"));
        Assert.Equal(["github:secret/acme%2Fpay%2FDEPLOY_KEY -> " + Deploy, "github:secret/acme%2Fpay%2FOTHER_KEY -> " + Deploy], _story.Edges("HELD_BY").Distinct());
        Assert.Contains("github:secret/acme%2Fpay%2FDEPLOY_KEY -> github:secrets/acme%2Fpay", _story.Edges("STORED_IN"));
    }

    [Fact]
    public void A_secret_written_into_the_file_is_refused_counted_and_never_quoted()
    {
        var token = "ghp_" + new string('b', 36);
        Read($"on: push\nenv:\n  DB_PASSWORD: canary-hunter2\njobs:\n  deploy:\n    runs-on: ubuntu-latest\n    steps:\n      - name: {token}\n        run: \"curl -H 'Authorization: Bearer {token}' x\"\n        with:\n          api_key: canary-9876\n");

        Assert.Equal(4, _story.Report.RejectCount);
        Assert.DoesNotContain("canary", _story.Everything());
        Assert.DoesNotContain(token, _story.Everything());
    }

    [Fact]
    public void A_job_called_like_a_secret_is_read_under_another_name()
    {
        var token = "ghp_" + new string('c', 36);
        Read($"on: push\njobs:\n  {token}:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n");

        Assert.NotEmpty(_story.Nodes("Step"));
        Assert.DoesNotContain(token, _story.Everything());
    }

    [Theory]
    [InlineData("permissions: {}", "")]
    [InlineData("permissions: {contents: read}", "rights=DR right=contents: read")]
    [InlineData("permissions: {contents: write}", "rights=DRW right=contents: write")]
    [InlineData("permissions: write-all", "rights=DRW right=write-all")]
    [InlineData("permissions: read-all", "rights=DR right=read-all")]
    [InlineData("name: none said", "right=default permissions")]
    public void What_the_token_of_a_job_may_do_is_what_the_file_permits_and_unknown_where_it_says_nothing(string permissions, string rights)
    {
        Read($"on: push\n{permissions}\njobs:\n  deploy:\n    runs-on: ubuntu-latest\n    steps: [{{run: make}}]\n");

        Assert.Equal(rights.Length == 0 ? [] : [$"{Job} -> github:repo/acme%2Fpay {rights}"], _story.Edges("ENTITLES"));
    }

    [Fact]
    public void Writing_issues_is_not_writing_code_and_a_job_overrides_the_workflow()
    {
        Read("on: push\npermissions: write-all\njobs:\n  deploy:\n    permissions: {issues: write, checks: none}\n    runs-on: ubuntu-latest\n    steps: [{run: make}]\n");

        Assert.Equal([$"{Job} -> github:repo-part/acme%2Fpay%2Fissues rights=DRW right=issues: write"], _story.Edges("ENTITLES"));
    }

    [Theory]
    [InlineData("pull_request_target", "ref: ${{ github.event.pull_request.head.sha }}", true)]
    [InlineData("pull_request_target", "ref: refs/pull/${{ github.event.number }}/merge", true)]
    [InlineData("[push, pull_request_target]", "repository: x/y\n          ref: ${{ github.head_ref }}", true)]
    [InlineData("workflow_run", "ref: ${{ github.event.workflow_run.head_sha }}", true)]
    [InlineData("pull_request_target", "fetch-depth: 0", false)]
    [InlineData("pull_request", "ref: ${{ github.event.pull_request.head.sha }}", false)]
    [InlineData("push", "ref: ${{ github.event.pull_request.head.sha }}", false)]
    public void Code_of_outsiders_run_with_the_secrets_is_a_dependency_nobody_pinned(string on, string with, bool found)
    {
        Read($"on: {on}\njobs:\n  deploy:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@{Commit}\n        with:\n          {with}\n");

        Assert.Equal(found, _story.Edges("DEPENDS_ON").Contains($"{Deploy} -> github:pull-requests/acme%2Fpay pinned=false"));
        Assert.Equal(found ? "possibly" : "absent", _story.Reached("github:pull-requests/acme%2Fpay", Deploy));
    }

    [Theory]
    [InlineData("issue_comment", "echo \"${{ github.event.comment.body }}\"", true)]
    [InlineData("pull_request_target", "gh pr checkout 1", true)]
    [InlineData("issue_comment", "echo \"${{ github.event.comment.id }}\"", false)]
    [InlineData("workflow_dispatch", "gh pr checkout 1", false)]
    public void Words_of_outsiders_in_a_script_are_the_same(string on, string run, bool found)
    {
        Read($"on: {on}\njobs:\n  deploy:\n    runs-on: ubuntu-latest\n    steps:\n      - run: |\n          {run}\n");

        Assert.Equal(found, _story.Edges("DEPENDS_ON").Any());
    }

    [Fact]
    public void A_role_of_a_cloud_that_is_written_out_is_a_candidate_and_one_that_is_not_is_a_gap()
    {
        static string Text(string role) => $"on: push\npermissions: {{id-token: write}}\njobs:\n  deploy:\n    runs-on: ubuntu-latest\n    environment: prod\n    steps:\n      - uses: aws-actions/configure-aws-credentials@v4\n        with:\n          role-to-assume: {role}\n";
        Read(Text("arn:aws:iam::123456789012:role/ci/deploy"));
        Assert.Contains($"{Job} -> aws-123456789012:role/deploy conditions=unread", _story.Edges("CAN_ASSUME"));
        foreach (var subject in new[] { "repo:acme/pay:environment:prod", "repo:acme/pay:*", "repo:acme/*", "*" })
        {
            Assert.Contains($"{Job} -> oidc:token.actions.githubusercontent.com/{Uri.EscapeDataString(subject)} conditions=unread", _story.Edges("CAN_ASSUME"));
        }

        using var gap = new FileStory(new GitHubWorkflowsFormat());
        gap.Read(Request(gap, Text("${{ secrets.ROLE }}")));
        Assert.All(gap.Edges("CAN_ASSUME"), edge => Assert.Contains(" -> oidc:token.actions.githubusercontent.com/", edge));
        Assert.Contains(gap.Report.Warnings, warning => warning.Contains("the role is not written in the file", StringComparison.Ordinal));
    }

    [Fact]
    public void A_machine_of_our_own_has_what_runs_on_it()
    {
        Read("on: push\njobs:\n  deploy:\n    runs-on: [self-hosted, linux]\n    steps: [{run: make}]\n");

        Assert.Contains($"github:runner/acme%2Fpay%2Flinux%2Bself-hosted -> {Job}", _story.Edges("RUNS_AS"));
        using var hosted = new FileStory(new GitHubWorkflowsFormat());
        Assert.DoesNotContain(hosted.Read(Request(hosted, "on: push\njobs:\n  deploy:\n    runs-on: ubuntu-latest\n    steps: [{run: make}]\n")).Nodes("Resource"), node => node.Contains("runner", StringComparison.Ordinal));
    }

    [Fact]
    public void Workflows_start_each_other_by_call_and_by_name()
    {
        _story.Write("pay/.github/workflows/deploy.yml", "name: Deploy\non: {workflow_run: {workflows: [CI, Gone]}}\njobs:\n  deploy:\n    uses: ./.github/workflows/shared.yml\n    secrets: inherit\n  audit:\n    uses: other/audit/.github/workflows/audit.yml@v1\n");
        _story.Write("pay/.github/workflows/ci.yaml", "name: CI\n\"on\": push\njobs:\n  test:\n    runs-on: ubuntu-latest\n    steps: [{run: make}]\n");
        _story.Read(new ImportRequest { Path = Path.Combine(_story.Root, "pay"), Tenant = "acme/pay", CollectedAt = FileStory.Day, Complete = ["workflows"] });

        Assert.Equal(
            [
                $"{Deploy} -> github:workflow/acme%2Fpay%2F.github%2Fworkflows%2Fshared.yml",
                $"{Deploy} -> github:workflow/other%2Faudit%2F.github%2Fworkflows%2Faudit.yml",
                $"github:workflow/acme%2Fpay%2F.github%2Fworkflows%2Fci.yaml -> {Deploy}",
            ],
            _story.Edges("TRIGGERS"));
        Assert.Contains($"{Deploy} -> github:action/other%2Faudit%2F.github%2Fworkflows%2Faudit.yml pinned=false", _story.Edges("DEPENDS_ON"));
        Assert.Contains(_story.Report.Warnings, warning => warning.Contains("`Gone`", StringComparison.Ordinal));
        Assert.Equal(["workflows"], _story.Whole);
    }

    [Fact]
    public void The_repository_comes_from_the_checkout_and_nothing_of_a_password_in_its_address()
    {
        _story.Write("x/.git/config", "[core]\n\tbare = false\n[remote \"origin\"]\n\turl = https://x-access-token:canarytoken@github.com/acme/pay.git\n\tfetch = +refs\n");
        _story.Write("x/.github/workflows/deploy.yml", "on: push\njobs: {deploy: {runs-on: ubuntu-latest, steps: [{run: make}]}}\n");
        _story.Read(new ImportRequest { Path = Path.Combine(_story.Root, "x"), CollectedAt = FileStory.Day });

        Assert.Equal(("github-workflows", "acme/pay"), (_story.Runs.Single().Header.Source, _story.Runs[0].Header.Tenant));
        Assert.Equal([Deploy], _story.Nodes("Workflow"));
        Assert.Empty(_story.Whole);
        Assert.DoesNotContain("canary", _story.Everything());
    }

    [Fact]
    public void Without_a_repository_nothing_is_imported() =>
        Assert.Contains("--tenant owner/name", Assert.Throws<RefusedInputException>(() => _story.Read("deploy.yml", "on: push\njobs: {a: {}}\n")).Message);

    [Fact]
    public void Anchors_are_read_and_a_bomb_of_aliases_is_not()
    {
        Read("on: push\njobs:\n  deploy: &job\n    runs-on: ubuntu-latest\n    steps: [{run: make}]\n  again: *job\n");
        Assert.Equal(2, _story.Nodes("Step").Count());

        using var bomb = new FileStory(new GitHubWorkflowsFormat());
        var text = new StringBuilder("on: push\na0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
        for (var i = 1; i < 10; i++)
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"a{i}: &a{i} [{string.Join(',', Enumerable.Repeat($"*a{i - 1}", 10))}]\n");
        }

        bomb.Read(Request(bomb, text.Append("jobs: {deploy: {steps: *a9}}\n").ToString()));
        Assert.Contains(bomb.Rejects, reject => reject.Contains("as a bomb does", StringComparison.Ordinal));
        Assert.Equal([Deploy], bomb.All.OfType<Observation.SeenUnreadable>().Select(seen => seen.Id!));
    }

    [Theory]
    [InlineData("on: push\non: pull_request\njobs: {a: {}}\n", "stands twice")]
    [InlineData("on: push\njobs: [\n", "not readable as YAML")]
    [InlineData("on: push\n", "has `jobs`")]
    [InlineData("", "has `jobs`")]
    [InlineData("on: push\njobs: {a: *nothing}\n", "names nothing")]
    [InlineData("on: push\njobs: {a: 1}\n---\na: b\n", "a second document")]
    public void A_file_that_cannot_be_read_is_left_out_whole_and_counts_as_seen(string text, string why)
    {
        Read(text);

        Assert.Contains(why, Assert.Single(_story.Rejects));
        Assert.Empty(_story.Nodes("Workflow"));
        Assert.Equal([Deploy], _story.All.OfType<Observation.SeenUnreadable>().Select(seen => seen.Id!));
    }

    [Fact]
    public void Deep_nesting_and_other_bytes_are_refused()
    {
        Read("on: push\njobs: " + new string('[', 5_000) + new string(']', 5_000));
        Assert.Contains("nested deeper", Assert.Single(_story.Rejects));

        using var bytes = new FileStory(new GitHubWorkflowsFormat());
        bytes.Read(new ImportRequest { Path = bytes.Write(".github/workflows/deploy.yml", [.. "on: push\njobs: {a: {}} # "u8, 0xFF]), Tenant = "acme/pay", CollectedAt = FileStory.Day });
        Assert.Contains("not UTF-8", Assert.Single(bytes.Rejects));
    }

    [Fact]
    public void It_is_recognised_and_a_governance_file_is_not()
    {
        Assert.Equal("github-workflows", FileFormats.Detect(new ImportRequest { Path = _story.Write("a.yml", "name: x\ntrue:\n  push:\njobs:\n  a: {}\n") }).Format.Name);
        Assert.Equal("governance", FileFormats.Detect(new ImportRequest { Path = _story.Write("b.yml", "source: people\nowners:\n  - asset: x\n") }).Format.Name);
        Assert.Equal("github-workflows", FileFormats.Detect(new ImportRequest { Path = Path.GetDirectoryName(Path.GetDirectoryName(Path.GetDirectoryName(_story.Write("repo/.github/workflows/a.yml", "x"))))! }).Format.Name);
    }

    private static string Step(string job, int number, string nextJob, int next) =>
        $"github:step/acme%2Fpay%2F.github%2Fworkflows%2Fdeploy.yml%23{job}%2F{number} -> github:step/acme%2Fpay%2F.github%2Fworkflows%2Fdeploy.yml%23{nextJob}%2F{next}";

    private static ImportRequest Request(FileStory story, string text) => new() { Path = story.Write(".github/workflows/deploy.yml", text), Tenant = "acme/pay", CollectedAt = FileStory.Day };

    private void Read(string text) => _story.Read(Request(_story, text));
}
