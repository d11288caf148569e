using ConsultHub.Accounts;
using ConsultHub.Web;

namespace ConsultHub.Tests.Fixtures;

/// <summary>A feature's part of the access table. The tests find all parts.</summary>
internal interface IAccessTable
{
    /// <summary>
    /// A key is a method and a path, such as <c>GET /api/networks/{network}</c>, or <c>WATCH</c> and a topic, or <c>CALL</c> and a method
    /// of a hub. <see cref="TwoNetworks"/> says what the placeholders stand for. An endpoint may have several rows. Their queries tell them
    /// apart.
    /// </summary>
    static abstract IReadOnlyDictionary<string, Row> Rows { get; }
}

/// <summary>The answers that people wrote by hand for one endpoint, topic or hub method, and a request that succeeds.</summary>
/// <param name="Allowed">The names of the visitors that are allowed, for things of their own network.</param>
internal sealed record Row(string Allowed)
{
    /// <summary>The visitors that are allowed, for things of another network.</summary>
    public string Elsewhere { get; init; } = "";

    /// <summary>The visitor whose request succeeds. The default is the first allowed visitor.</summary>
    public string? Twin { get; init; }

    /// <summary>The status of the answer to the twin.</summary>
    public int Status { get; init; } = 200;

    public string? Body { get; init; }

    public string Type { get; init; } = "application/json";

    /// <summary>The request's header <c>If-Match</c>. Null if it has none.</summary>
    public string? IfMatch { get; init; }

    /// <summary>A further code of a refusal, if the thing itself decides who may do this.</summary>
    public string Code { get; init; } = "access.denied";

    /// <summary>The refusal of this row may also be 404, because the hub hides the thing from people who may not see it.</summary>
    public bool Hides { get; init; }

    /// <summary>A text that only some of the allowed visitors may find in the answer.</summary>
    public string? Secret { get; init; }

    /// <summary>The visitors that may find the secret.</summary>
    public string Sees { get; init; } = "";

    /// <summary>Why no request can succeed in this test. Null if the twin's request succeeds.</summary>
    public string? NoTwin { get; init; }

    public bool Allows(Visitor visitor, string network, bool namesNetwork) =>
        Split(!namesNetwork || visitor.IsOf(network) ? Allowed : Elsewhere).Contains(visitor.Name);

    public bool Shows(Visitor visitor, string network) => visitor.IsOf(network) && Split(Sees).Contains(visitor.Name);

    public static string[] Split(string list) => list.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}

/// <summary>Somebody who calls the hub: a person with one role, and what the role is limited to.</summary>
/// <param name="Person">Null for somebody who has not signed in.</param>
/// <param name="Network">Null if the role is not about a network.</param>
internal sealed record Visitor(string Name, string? Person, Role? Role, string? Network)
{
    public string? Hospital { get; init; }
    public string? Partner { get; init; }
    public string? Conference { get; init; }
    public string? Session { get; init; }

    public GrantScope Scope =>
        new()
        {
            Network = Network is null ? null : new NetworkId(Network),
            Hospitals = Hospital is null ? [] : [new HospitalId(Hospital)],
            Partner = Partner is null ? null : new PartnerId(Partner),
            Conference = Conference is null ? null : new ConferenceId(Conference),
            Session = Session is null ? null : new SessionId(Session),
        };

    public bool IsOf(string network) => Network is null || Network == network;

    public override string ToString() => Network is null ? Name : $"{Name} of {Network}";
}

/// <summary>The people who call each endpoint in <see cref="AccessTests"/>, and the lists of names that rows use.</summary>
internal static class Visitors
{
    public const string Attends = "attendee registered coordinator hospital partner host speaker moderator captioner",
        Rooms = Attends + " display",
        Learners = "director reviewer supervisor trainee",
        Follows = Attends + " registrar consultant1 consultant2 research " + Learners,
        Programme = Follows + " display auditor",
        Members = Programme + " registered2",
        SignedIn = Members + " integration administrator",
        All = SignedIn + " nobody",
        Boards = "coordinator consultant1 consultant2 display auditor",
        BoardOfHospital1 = Boards + " hospital registrar",
        BoardOfPartner1 = Boards + " partner",
        Staff = Boards + " hospital registrar partner research " + Learners,
        Crew = "host speaker moderator captioner coordinator";

    /// <summary>A row for everybody, for the things of every network.</summary>
    public static Row Everybody { get; } = new(All) { Elsewhere = All };

    public static IReadOnlyList<Visitor> Everyone { get; } =
    [
        new("nobody", null, null, null),
        new("administrator", "p-administrator", Role.Administrator, null),
        .. TwoNetworks.Both.SelectMany(Of),
    ];

    private static IEnumerable<Visitor> Of(string network)
    {
        Visitor With(string name, Role role, string? person = null) => new(name, $"{network}-{person ?? name}", role, network);

        var session = (Conference: $"{network}-congress", Session: $"{network}-congress-1");
        return
        [
            With("coordinator", Role.Coordinator),
            With("hospital", Role.Coordinator) with
            {
                Hospital = $"{network}-h1",
            },
            With("partner", Role.Coordinator) with
            {
                Partner = $"{network}-pa",
            },
            With("registrar", Role.Registrar) with
            {
                Hospital = $"{network}-h1",
            },
            With("consultant1", Role.Consultant, "c1"),
            With("consultant2", Role.Consultant, "c2"),
            With("host", Role.Host) with
            {
                Conference = session.Conference,
                Session = session.Session,
            },
            With("speaker", Role.Speaker) with
            {
                Conference = session.Conference,
                Session = session.Session,
            },
            With("moderator", Role.Moderator) with
            {
                Conference = session.Conference,
                Session = session.Session,
            },
            With("captioner", Role.Captioner) with
            {
                Conference = session.Conference,
                Session = session.Session,
            },
            With("attendee", Role.Attendee),
            With("registered", Role.Attendee) with
            {
                Conference = session.Conference,
            },
            With("registered2", Role.Attendee) with
            {
                Conference = $"{network}-a",
            },
            With("display", Role.Display),
            With("auditor", Role.Auditor),
            With("research", Role.ResearchLead),
            With("integration", Role.Integration),
            With("director", Role.ProgrammeDirector),
            With("reviewer", Role.Reviewer) with
            {
                Partner = $"{network}-pa",
            },
            With("supervisor", Role.Supervisor),
            With("trainee", Role.Trainee),
        ];
    }

    /// <summary>The rows of all features.</summary>
    public static IReadOnlyDictionary<string, Row> Table { get; } =
        typeof(Visitors)
            .Assembly.GetTypes()
            .Where(t => t.IsClass && t.IsAssignableTo(typeof(IAccessTable)))
            .SelectMany(t => (IReadOnlyDictionary<string, Row>)t.GetProperty(nameof(IAccessTable.Rows))!.GetValue(null)!)
            .ToDictionary();

    /// <summary>The rows whose key begins with one of these words, in a fixed order. The key is given without this word.</summary>
    public static IEnumerable<(string Verb, string What, Row Row)> Rows(params string[] verbs) =>
        from row in Table
        let space = row.Key.IndexOf(' ', StringComparison.Ordinal)
        where verbs.Contains(row.Key[..space])
        orderby row.Key
        select (row.Key[..space], row.Key[(space + 1)..], row.Value);

    /// <summary>Fails with the names of the things that are in no row, and of the rows that are about nothing.</summary>
    public static void AssertComplete(IEnumerable<string> things, IEnumerable<string> rows)
    {
        var (known, listed) = (things.ToHashSet(), rows.ToHashSet());
        Assert.True(
            known.SetEquals(listed),
            $"In no row: {string.Join(", ", known.Except(listed))}. Without a thing: {string.Join(", ", listed.Except(known))}."
        );
    }

    /// <summary>
    /// All visitors who exist, in the order in which they ask for the things of a network: first those who are refused, then the twin, then
    /// the others. So the twin succeeds only if the refused requests have changed nothing.
    /// </summary>
    public static IEnumerable<(IReadOnlyList<Visitor> Visitors, bool Allowed, bool IsTwin)> For(Row row, string network, bool namesNetwork)
    {
        var asked = Everyone.ToLookup(v => row.Allows(v, network, namesNetwork));
        var twin = Row.Split(row.Twin ?? row.Allowed)
            .Select(name => asked[true].FirstOrDefault(v => v.Name == name && v.IsOf(network)))
            .FirstOrDefault(visitor => visitor is not null);
        yield return ([.. asked[false]], false, false);
        if (twin is not null)
            yield return ([twin], true, true);
        yield return ([.. asked[true].Where(v => v != twin)], true, false);
    }
}
