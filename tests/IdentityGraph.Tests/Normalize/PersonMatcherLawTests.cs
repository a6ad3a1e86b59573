using System.Text;
using FsCheck;
using FsCheck.Fluent;
using IdentityGraph.Graph;
using IdentityGraph.Normalize;
using IdentityGraph.Tests.Scenarios;

namespace IdentityGraph.Tests.Normalize;

/// <summary>The matcher, which looks keys up, links whom a matcher links that compares every account with every person.</summary>
public sealed class PersonMatcherLawTests
{
    private const string Day = "2025-06-02";

    private sealed record Person(string Id, string? HrId, string? Number, string? Email, bool? Verified, string? Name, string[] Keys);

    private sealed record Account(string Id, string? HrId, string? Number, string? Email, bool? Verified, string? Name);

    /// <summary>Few words in several spellings, so that keys meet, conflict, and differ only in case, form or white space.</summary>
    private static readonly Gen<string?> Ids = Gen.Elements<string?>(null, null, "17", " 17", "18", "0017", "n/a", "E-5", "e-5");
    private static readonly Gen<string?> Emails = Gen.Elements<string?>(null, "pat@acme.example", "Pat@ACME.example ", "kim@acme.example", "ren\u00E9@acme.example", "RENE\u0301@acme.example", "-");
    private static readonly Gen<string?> Names = Gen.Elements<string?>(null, "Pat Doe", "pat  doe", "Ren\u00E9 Roe", "RENE\u0301 ROE", "pat@acme.example", "pdoe", "unknown");
    private static readonly Gen<string> Keys = Gen.Elements("login:PDOE", "login:pat@acme.example", "hrId:17", "employeeNumber:E-5", "email:Kim@acme.example", "okta:user/2", "OKTA:1", "okta:pdoe", "github:pdoe", "okta");
    private static readonly Gen<bool?> Flags = Gen.Elements<bool?>(null, true, false);

    private static readonly Gen<Person[]> People =
        from count in Gen.Choose(0, 6)
        from people in Gen.CollectToArray(Enumerable.Range(0, count).Select(i =>
            from hrId in Ids
            from number in Ids
            from email in Emails
            from verified in Flags
            from name in Names
            from keys in Gen.Choose(0, 2).SelectMany(many => Keys.ArrayOf(many))
            select new Person($"hr:person/{i}", hrId, number, email, verified, name, [.. keys.Distinct()])))
        select people;

    private static readonly Gen<Account[]> Accounts =
        from count in Gen.Choose(0, 6)
        from accounts in Gen.CollectToArray(Enumerable.Range(0, count).Select(i =>
            from hrId in Ids
            from number in Ids
            from email in Emails
            from verified in Flags
            from name in Names
            select new Account($"{(i % 2 == 0 ? "okta" : "github")}:user/{i}", hrId, number, email, verified, name)))
        select accounts;

    [Fact]
    public void It_links_whom_comparing_all_with_all_links() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(1_000).WithReplay(2025, 7),
        Prop.ForAll((from people in People from accounts in Accounts select (people, accounts)).ToArbitrary(), estate =>
            Assert.Equal(All(estate.people, estate.accounts).Order(StringComparer.Ordinal), Links(estate.people, estate.accounts))));

    [Theory]
    [InlineData(PersonIndexLimit, true)]
    [InlineData(PersonIndexLimit + 1, false)]
    public void A_key_that_more_than_a_hundred_people_share_links_nobody(int sharing, bool linked)
    {
        foreach (var person in new[] { new Person("", "7", null, null, null, null, []), new Person("", null, "E-7", null, null, null, []), new Person("", null, null, "all@acme.example", null, null, []), new Person("", null, null, null, null, "Pat Doe", []) })
        {
            Person[] people = [.. Enumerable.Range(0, sharing).Select(i => person with { Id = $"hr:person/{i}" })];
            Account[] accounts = [new("okta:user/1", person.HrId, person.Number, person.Email, true, person.Name)];
            Assert.Equal(linked ? sharing : 0, Links(people, accounts).Count());
            Assert.Equal(All(people, accounts).Order(StringComparer.Ordinal), Links(people, accounts));
        }
    }

    private const int PersonIndexLimit = 100;

    /// <summary>The rules as they read, pair by pair: strongest first; a certain one leaves no room for candidates; a key of more than a hundred people is none.</summary>
    private static IEnumerable<string> All(Person[] people, Account[] accounts)
    {
        foreach (var account in accounts)
        {
            var links = people.Select(person => (person, Rule: MatchRule.All.FirstOrDefault(rule => Agree(rule, account, person, people)))).Where(link => link.Rule is not null).ToList();
            var certain = links.Any(link => link.Rule!.Confidence >= 0.9);
            foreach (var (person, rule) in links.Where(link => !certain || link.Rule!.Confidence >= 0.9))
            {
                yield return $"{account.Id} = {person.Id} by {rule!.Name}";
            }
        }
    }

    private static bool Agree(MatchRule rule, Account account, Person person, Person[] people) =>
        Of(rule, account).Any(mine => Of(mine.Among, person).Contains(mine.Value) && people.Count(other => Of(mine.Among, other).Contains(mine.Value)) <= 100);

    /// <summary>What an account shows for the rule, and among which keys of people that is looked for.</summary>
    private static IEnumerable<(string Among, string Value)> Of(MatchRule rule, Account account)
    {
        var verified = account.Verified is true;
        return (rule.Name switch
        {
            "hrId" => [("hrId", Plain(account.HrId))],
            "employeeNumber" => [("number", Plain(account.Number))],
            "verifiedEmail" => verified ? [("email", Lower(account.Email))] : [],
            "email" => verified ? [("unverified", Lower(account.Email))] : [("email", Lower(account.Email)), ("unverified", Lower(account.Email))],
            "login" => [("login", Words(account.Name))],
            "displayName" => [("name", Words(account.Name))],
            "correlationKey" => new (string, string?)[]
            {
                ("key", account.Id),
                ("key", account.Id.Split(':')[0] + ":" + account.Id.Split('/')[1]),
                ("key", Words(account.Name) is { } name ? account.Id.Split(':')[0] + ":" + name : null),
            },
            _ => throw new InvalidOperationException(rule.Name),
        }).Where(key => key.Item2 is not null).Select(key => (key.Item1, key.Item2!));
    }

    private static IEnumerable<string?> Of(string among, Person person) => among switch
    {
        "hrId" => [Plain(person.HrId), .. Typed(person, "hrId").Select(Plain)],
        "number" => [Plain(person.Number), .. Typed(person, "employeeNumber").Select(Plain)],
        "email" => [person.Verified is false ? null : Lower(person.Email), .. Typed(person, "email").Select(Lower)],
        "unverified" => [person.Verified is false ? Lower(person.Email) : null],
        "login" => [Lower(person.Email), .. Typed(person, "login").Select(Lower)],
        "name" => [Words(person.Name)],
        "key" => person.Keys.Where(key => key.Split(':')[0] is not ("login" or "hrId" or "employeeNumber" or "email")).Select(Lower),
        _ => throw new InvalidOperationException(among),
    };

    private static IEnumerable<string> Typed(Person person, string type) => person.Keys.Where(key => key.StartsWith(type + ":", StringComparison.Ordinal)).Select(key => key[(type.Length + 1)..]);

    private static string? Plain(string? text) => text?.Trim().Normalize(NormalizationForm.FormC) is { } plain && plain.ToLowerInvariant() is not ("" or "-" or "0" or "n/a" or "na" or "none" or "null" or "unknown" or "tbd") ? plain : null;

    private static string? Lower(string? text) => Plain(text)?.ToLowerInvariant().Normalize(NormalizationForm.FormC);

    private static string? Words(string? text) => text is null ? null : Lower(string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));

    private static IEnumerable<string> Links(Person[] people, Account[] accounts)
    {
        var facts = Facts.Of(Day, run =>
        {
            foreach (var person in people)
            {
                run.Node(person.Id, "Person", Said(("hrId", person.HrId), ("employeeNumber", person.Number), ("email", person.Email), ("emailVerified", person.Verified), ("name", person.Name), ("correlationKeys", person.Keys.Length > 0 ? person.Keys : null)));
            }

            foreach (var account in accounts)
            {
                run.Node(account.Id, "Account", Said(("hrId", account.HrId), ("employeeNumber", account.Number), ("email", account.Email), ("emailVerified", account.Verified), ("name", account.Name)));
            }
        });
        var view = Pipeline.Fold(facts.Runs, DateTimeOffset.MaxValue, cancellationToken: TestContext.Current.CancellationToken).At(Facts.Instant(Day));
        List<string> links = [];
        foreach (var link in view.Edges(EdgeKinds.BelongsTo))
        {
            links.Add($"{link.Of} = {link.To} by {link.Key}");
        }

        return links.Order(StringComparer.Ordinal);
    }

    private static (string, object?)[] Said(params (string Name, object? Value)[] said) => [.. said.Where(one => one.Value is not null)];
}
