namespace IdentityGraph.Sources.Hr;

/// <summary>
/// Something a row can say: one line each, with the header words it is found under where no mapping names a column.
/// The published schema is printed from <see cref="All"/>.
/// </summary>
internal sealed record HrField(string Name, string Sentence, params string[] Headers)
{
    public static readonly HrField PersonId = new("personId", "The HR system's lasting id of the person; required in every table that is about people.", "personid", "employeeid", "workerid", "hrid", "personnelnumber", "staffid", "associateid", "id");
    public static readonly HrField FullName = new("name", "Full name.", "name", "fullname", "displayname", "employeename", "workername", "preferredname", "legalname");
    public static readonly HrField FirstName = new("firstName", "First name, where there is no full name.", "firstname", "givenname", "preferredfirstname");
    public static readonly HrField LastName = new("lastName", "Last name, where there is no full name.", "lastname", "surname", "familyname", "preferredlastname");
    public static readonly HrField Email = new("email", "Work e-mail address.", "email", "workemail", "emailaddress", "mail", "primaryworkemail", "businessemail");
    public static readonly HrField EmailVerified = new("emailVerified", "Whether HR has verified the address (true, false).", "emailverified");
    public static readonly HrField EmployeeNumber = new("employeeNumber", "The number other systems carry for the person.", "employeenumber", "employeeno", "workercode", "badgenumber");
    public static readonly HrField Login = new("login", "Login name; kept as the correlation key `login:…`, a candidate only.", "login", "username", "userid", "samaccountname", "userprincipalname");
    public static readonly HrField EmploymentId = new("employmentId", "Lasting id of the engagement; without it the person and the start date tell engagements apart.", "employmentid", "contractid", "assignmentid");
    public static readonly HrField Kind = new("kind", "employee, contractor, vendor or intern.", "workertype", "employmenttype", "employeetype", "contracttype");
    public static readonly HrField StartDate = new("startDate", "First day (from 00:00).", "startdate", "hiredate", "datehired", "joindate", "employmentstartdate");
    public static readonly HrField EndDate = new("endDate", "Last day (until 24:00); empty: no end.", "enddate", "terminationdate", "leavedate", "lastday", "lastdayofwork", "contractenddate", "employmentenddate");
    public static readonly HrField Status = new("status", "Status word; see `status` below.", "status", "employmentstatus", "workerstatus", "active", "employeestatus");
    public static readonly HrField StatusSince = new("statusSince", "Since when the status holds.", "statusdate", "activestatusdate", "statuseffectivedate");
    public static readonly HrField Department = new("department", "Department.", "department", "departmentname", "costcenter", "division");
    public static readonly HrField JobRole = new("jobRole", "Role in the organisation.", "jobrole", "jobtitle", "title", "position", "businesstitle", "role");
    public static readonly HrField Manager = new("manager", "Person id of the manager.", "manager", "managerid", "supervisorid", "reportsto", "manageremployeeid");
    public static readonly HrField TimeZone = new("timeZone", "IANA zone in which the row's dates are meant.", "timezone", "tz");
    public static readonly HrField Team = new("team", "Id (or name) of the team; alone in a table: the team the row describes.", "team", "teamid", "organizationid", "orgunit");
    public static readonly HrField TeamName = new("teamName", "What the team is called.", "teamname", "organizationname");
    public static readonly HrField TeamParent = new("teamParent", "Id of the team above; checked and reported, not kept.", "teamparent", "parentteam");
    public static readonly HrField TeamOwner = new("teamOwner", "Person id of who answers for the team.", "teamowner", "teamlead");
    public static readonly HrField CollectedAt = new("collectedAt", "When the row was read from the HR system; without an offset it is UTC.", "collectedat", "exportedat", "extractedat", "fivetransynced");
    public static readonly HrField ValidFrom = new("validFrom", "Since when what the row says holds, in tables that keep history.", "validfrom", "effectivedate");

    public static readonly IReadOnlyList<HrField> All =
    [
        PersonId, FullName, FirstName, LastName, Email, EmailVerified, EmployeeNumber, Login,
        EmploymentId, Kind, StartDate, EndDate, Status, StatusSince, Department, JobRole, Manager, TimeZone,
        Team, TeamName, TeamParent, TeamOwner, CollectedAt, ValidFrom,
    ];

    public static HrField? Find(string name) => All.FirstOrDefault(field => field.Name == name);

    /// <summary>A header as it is compared: letters and digits in lower case.</summary>
    public static string Plain(string header) => string.Concat(header.Where(char.IsLetterOrDigit)).ToLowerInvariant();
}
