using System.Globalization;
using IdentityGraph.Graph;
using IdentityGraph.Sources.Hr;
using IdentityGraph.Sources.Records;
using static IdentityGraph.Sources.BloodHound.JsonReading;
using P = IdentityGraph.Graph.Properties;

namespace IdentityGraph.Sources.Oaa;

/// <summary>The personnel template: people, their engagement, and their units.</summary>
internal static class OaaPersonnel
{
    public static void Employee(JsonValue employee, OaaWriting writing)
    {
        if (writing.Identifier(employee, "employees", "id") is not { } id)
        {
            return;
        }

        var (person, employment) = (writing.Ids.Person(id), writing.Ids.Employment(id));
        List<KeyValuePair<string, PropertyValue>> who = [.. OaaWriting.Named(Text(employee, "display_full_name") ?? Text(employee, "name")), new(P.HrId.Name, PropertyValue.Of(id))];
        who.AddRange(Text(employee, "email") is { Length: > 0 } email ? [new(P.Email.Name, PropertyValue.Of(email))] : []);
        who.AddRange(Text(employee, "employee_number") is { Length: > 0 } number ? [new(P.EmployeeNumber.Name, PropertyValue.Of(number))] : []);
        writing.Facts.Node(person, NodeKinds.Person, who);

        List<KeyValuePair<string, PropertyValue>> work = [.. Day(employee, "start_date", P.StartAt, 0), .. Day(employee, "termination_date", P.EndAt, 1)];
        if (Status(employee) is { } status)
        {
            work.Add(new(P.EmploymentStatus.Name, PropertyValue.Of(status)));
        }

        work.AddRange(Text(employee, "job_title") is { Length: > 0 } title ? [new(P.JobRole.Name, PropertyValue.Of(title))] : []);
        work.AddRange(Text(Member(employee, "department"), "id") is { Length: > 0 } department ? [new(P.Department.Name, PropertyValue.Of(department))] : []);
        if (writing.Names(employee, "managers").FirstOrDefault() is { } manager && OaaIds.WhyNot(manager) is null)
        {
            work.Add(new(P.ManagerId.Name, PropertyValue.Of(writing.Ids.Person(manager))));
        }

        writing.Facts.Node(employment, NodeKinds.Employment, work);
        writing.Facts.Edge(EdgeKinds.EmployedAs, person, employment);
        writing.Imported(id, "employees", $"Person {person}");
        foreach (var unit in writing.Names(employee, "groups"))
        {
            writing.Link(unit, id, "groups", name => writing.Facts.Edge(EdgeKinds.MemberOfTeam, person, writing.Ids.Team(name)));
        }
    }

    public static void Group(JsonValue group, OaaWriting writing)
    {
        if (writing.Identifier(group, "groups", "id") is { } id)
        {
            writing.Facts.Node(writing.Ids.Team(id), NodeKinds.Team, [.. OaaWriting.Named(Text(group, "name"))]);
            writing.Imported(id, "groups", $"Team {writing.Ids.Team(id)}");
        }
    }

    /// <summary>By its words, else by `is_active`: that somebody is not active does not say whether it has ended.</summary>
    private static string? Status(JsonValue employee)
    {
        var word = Text(employee, "employment_status")?.Trim().ToLowerInvariant();
        return word is not null && HrWords.Status.TryGetValue(word, out var status) ? status : Flag(employee, "is_active") == true ? "active" : null;
    }

    /// <summary>An instant, or a day: a first day begins at 00:00 UTC, a last day ends at 24:00 UTC.</summary>
    private static IEnumerable<KeyValuePair<string, PropertyValue>> Day(JsonValue json, string member, Property property, int plus)
    {
        var text = Text(json, member) ?? "";
        return Instants.TryParse(text, out var instant) ? [new(property.Name, PropertyValue.Of(instant))]
            : DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? [new(property.Name, PropertyValue.Of(new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero).AddDays(plus)))]
            : [];
    }
}
