using System.Collections.Immutable;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using ConsultHub.Accounts;
using ConsultHub.Attendance;
using ConsultHub.Certificates;
using ConsultHub.Conferences;
using ConsultHub.Conferences.Audience;
using ConsultHub.Consultants;
using ConsultHub.Directories;
using ConsultHub.Feeds;
using ConsultHub.Hospitals;
using ConsultHub.Inboxes;
using ConsultHub.Lectures;
using ConsultHub.Lectures.Media;
using ConsultHub.Networks;
using ConsultHub.Programmes;
using ConsultHub.Records;
using ConsultHub.Rostering;
using ConsultHub.Scorecards;
using ConsultHub.Tests.Lectures.Media;
using ConsultHub.Web;
using ConsultHub.Web.Attendance;
using ConsultHub.Web.Lectures;
using ConsultHub.Web.Lectures.Recording;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using UglyToad.PdfPig.Content;
using UglyToad.PdfPig.Writer;

namespace ConsultHub.Tests.Fixtures;

[CollectionDefinition(nameof(TwoNetworks))]
public sealed class SharedNetworks : ICollectionFixture<TwoNetworks>;

/// <summary>A hub in this process with two networks that have the same things. Ids begin with the name of their network.</summary>
public sealed partial class TwoNetworks : IAsyncLifetime
{
    public static readonly string[] Both = ["ehs", "second"];

    private static readonly LectureCaller Crew = new(Actor.System, new("The crew"), [.. Enum.GetValues<LectureRole>()]);

    private readonly Dictionary<string, Dictionary<string, string>> _things = [];
    private readonly DateTimeOffset _now = DateTimeOffset.UtcNow;

    public InProcessHub Hub { get; } = new();

    /// <summary>A PDF with one page.</summary>
    public byte[] Pdf { get; } = OnePage();

    private IGrainFactory Grains => Hub.Services.GetRequiredService<IGrainFactory>();

    /// <summary>A new sign-in of a visitor, because some rows end the visitor's sign-ins. Null for somebody who has not signed
    /// in.</summary>
    internal string? CookieOf(Visitor visitor) =>
        visitor is { Person: { } person, Role: { } role }
            ? Hub.CookieOf(new Member(new(person), role, null) { Scope = visitor.Scope }, again: true)
            : null;

    internal HttpClient Http(Visitor visitor)
    {
        var http = Hub.CreateDefaultClient();
        http.DefaultRequestHeaders.Add("X-Hub", "1");
        if (CookieOf(visitor) is { } cookie)
            http.DefaultRequestHeaders.Add("Cookie", cookie);
        return http;
    }

    /// <summary>Opens a connection to <c>/hubs/live</c> or <c>/hubs/lecture</c>. Null if the hub refuses it.</summary>
    internal Task<HubConnection?> ConnectAsync(Visitor visitor, string path) => ConnectAsync(() => CookieOf(visitor), path);

    internal async Task<HubConnection?> ConnectAsync(Func<string?> cookie, string path)
    {
        var builder = new HubConnectionBuilder().WithUrl(
            new Uri(Hub.Server.BaseAddress, path),
            http =>
            {
                (http.SkipNegotiation, http.Transports) = (true, HttpTransportType.WebSockets);
                http.WebSocketFactory = async (context, cancel) =>
                {
                    var sockets = Hub.Server.CreateWebSocketClient();
                    sockets.ConfigureRequest = request => request.Headers.Cookie = cookie();
                    return await sockets.ConnectAsync(context.Uri, cancel);
                };
            }
        );
        var connection = (path == "hubs/lecture" ? builder.AddMessagePackProtocol() : builder).Build();
        try
        {
            await connection.StartAsync();
            return connection;
        }
        catch (InvalidOperationException refused) when (refused.Message.Contains("40", StringComparison.Ordinal))
        {
            await connection.DisposeAsync();
            return null;
        }
    }

    /// <summary>The code with which a call to a hub was refused. Null if it succeeded.</summary>
    internal static async Task<string?> CodeOfAsync(Task call)
    {
        try
        {
            await call;
            return null;
        }
        catch (HubException refused)
        {
            return refused.Message.Split("HubException: ")[^1];
        }
    }

    /// <summary>Whether a text has a placeholder that stands for a thing of a network.</summary>
    internal bool NamesThing(string? text) =>
        text is not null && Placeholder().Matches(text).Any(m => _things["ehs"].ContainsKey(m.Groups[1].Value));

    /// <summary>Replaces placeholders by things of a network. A new id or a receipt is made for each call.</summary>
    internal string Fill(string text, string network, Visitor visitor) =>
        Placeholder()
            .Replace(
                text,
                m =>
                    m.Groups[1].Value switch
                    {
                        "id" => Guid.NewGuid().ToString(),
                        "receipt" => ReceiptOf(visitor, network),
                        var name => _things[network].GetValueOrDefault(name) ?? throw new KeyNotFoundException($"{m.Value} in {text}"),
                    }
            );

    [GeneratedRegex(@"\{([a-zA-Z0-9]+)\}")]
    private static partial Regex Placeholder();

    private string ReceiptOf(Visitor visitor, string network) =>
        Hub
            .Services.GetRequiredService<MediaReceipts>()
            .Issue(new($"{network}-congress-1"), new(visitor.Person ?? "nobody"), PlayedAs.Live, [Stretch.Of(_now.AddSeconds(-8), _now)]);

    public async ValueTask InitializeAsync()
    {
        foreach (var visitor in Visitors.Everyone)
            CookieOf(visitor); // opens the account
        foreach (var network in Both)
            _things[network] = await PopulateAsync(network);
    }

    private async Task<Dictionary<string, string>> PopulateAsync(string n)
    {
        var things = new Dictionary<string, string> { ["network"] = n, ["document"] = "v1" };
        foreach (var name in (string[])["h1", "h2", "hx", "r1", "r2", "rx", "pa", "pb", "px", "c1", "c2", "c3", "cx", "e1", "e2", "e3"])
            things[name] = $"{n}-{name}";
        things["attendee"] = $"{n}-attendee";
        (things["grant"], things["period"]) = await SpareRolesAsync(n);
        await PlacesAndPeopleAsync(n);
        things["period2"] = $"{n}-coordinator~{_now.AddDays(500).UtcDateTime:yyyyMMddTHHmmss}";
        (things["way"], things["noWay"], things["anyPeriod"]) = ($"{n}-h1~{n}-h2", $"{n}-h1~{n}-hx", "new");
        things["partnerHoliday"] = $"{n}-pa~2027-01-01";
        (things["monday"], things["friday"], things["holiday"], things["noHoliday"]) = ("monday", "friday", "2027-12-02", "2028-01-01");
        (things["closed"], things["specialty"], things["absence1"]) = ($"{n}-closed", "cardiology", $"{n}-c1-absence");
        (things["credential11"], things["credential12"]) = ($"{n}-c1-credential1", $"{n}-c1-credential2");
        foreach (var table in (string[])["rooms", "credentials", "visits", "consultants", "holidays", "conferences", "sessions", "people"])
            things[$"{table}Table"] = table;
        things["procedure"] = $"{n}-procedure";
        things["credential22"] = $"{n}-c2-credential2";
        things["import"] = $"i-{Guid.NewGuid():N}";
        await Grains.GetGrain<IImportGrain>(things["import"]).BeginAsync(Coordinator(n), "rooms", []);
        await RosterAsync(n, things);
        await ResearchAsync(n, things);
        await ConferencesAsync(n, things);
        await LectureAsync(n, things);
        await CreditAsync(n, things);
        await ProgrammesAsync(n, things);
        await TrainingAsync(n, things);
        await CertifyAsync(n, things);
        things["feed"] = await Grains.GetGrain<IFeedGrain>($"{n}-c3").RenewAsync(new(new($"{n}-c3"), Role.Consultant), new(n));
        return things;
    }

    /// <summary>Opens an account with two roles: tests take the first away and change the period of the second.</summary>
    private async Task<(string Taken, string Changed)> SpareRolesAsync(string n)
    {
        Grant Spare() =>
            new(Guid.NewGuid(), Role.Attendee, new() { Network = new(n) }, DateTimeOffset.UnixEpoch, null, Actor.System.Person);
        var (taken, changed) = (Spare(), Spare());
        var open = new OpenAccount
        {
            CommandId = Guid.NewGuid(),
            Person = new($"{n}-spare"),
            UserName = $"{n}-spare",
            Name = new("Spare"),
            Grants = [taken, changed],
        };
        Assert.Null((await Grains.GetGrain<IAccessGrain>("hub").DecideAsync(Actor.System, open)).Code);
        return ($"{taken.Id}", $"{changed.Id}");
    }

    private static Actor Coordinator(string n) => new(new($"{n}-coordinator"), Role.Coordinator);

    private async Task PlacesAndPeopleAsync(string n)
    {
        await Grains
            .GetGrain<INetworkGrain>(n)
            .PutAsync(
                Coordinator(n),
                new Network
                {
                    Id = new(n),
                    Name = new($"Network {n}"),
                    TimeZone = "Asia/Dubai",
                    Partners =
                    [
                        new(new($"{n}-pa"), new($"Partner A of {n}"), "Asia/Seoul"),
                        new(new($"{n}-pb"), new($"Partner B of {n}"), "Europe/Paris"),
                        new(new($"{n}-px"), new($"Partner X of {n}"), "Europe/Paris"),
                    ],
                    Travel = [new(new($"{n}-h1"), new($"{n}-h2"), 30)],
                    PartnerHolidays = [new(new($"{n}-pa"), new(2027, 1, 1), new(2027, 1, 1), "New Year")],
                    Rota = [new(new($"{n}-coordinator"), _now.AddDays(500), _now.AddDays(501))],
                }
            );
        // The hospital x, its records and the consultant x are only for the rows that remove them.
        foreach (var i in (string[])["1", "2", "x"])
            await Grains
                .GetGrain<IHospitalGrain>($"{n}-h{i}")
                .PutAsync(
                    Coordinator(n),
                    new Hospital
                    {
                        Id = new($"{n}-h{i}"),
                        Network = new(n),
                        Name = new($"Hospital {i} of {n}"),
                        City = "Dubai",
                        TimeZone = "Asia/Dubai",
                        Rooms = [new(new($"{n}-r{i}"), new("Clinic"), 20)],
                        Procedures = [new(new($"{n}-procedure"), "cardiology", new("Stent"), 5, 5)],
                        Hours = i == "x" ? [new(DayOfWeek.Monday, new(8, 0), new(16, 0))] : [],
                        Holidays = i == "x" ? [new(new(2027, 12, 2), new(2027, 12, 3), "National day")] : [],
                        Closures = i == "x" ? [new(null, _now.AddDays(400), _now.AddDays(401), $"{n}-closed")] : [],
                    }
                );
        foreach (var (id, home) in ((string, string?)[])[("c1", "pa"), ("c2", "pb"), ("c3", null), ("cx", "pb")])
            await Grains
                .GetGrain<IConsultantGrain>($"{n}-{id}")
                .PutAsync(
                    Coordinator(n),
                    new Consultant
                    {
                        Id = new($"{n}-{id}"),
                        Name = new($"Dr {id} of {n}"),
                        Specialties = ["cardiology"],
                        Languages = ["en", "ar"],
                        Home = home is null ? null : new PartnerId($"{n}-{home}"),
                        HomeTimeZone = "Asia/Seoul",
                        Affiliation = home is null ? new NetworkId(n) : null,
                        Networks = home is null ? [] : [new(n)],
                        Credentials =
                        [
                            .. ((int[])[1, 2]).Select(i => new Credential(
                                new($"{n}-h{i}"),
                                "cardiology",
                                _now.AddDays(-30),
                                _now.AddDays(60),
                                $"{n}-{id}-credential{i}"
                            )),
                        ],
                        Absences = [new(_now.AddDays(300), _now.AddDays(301), $"{n}-{id}-absence")],
                        Visits = home is null ? [] : [new(new($"{n}-visit-{id}"), new(n), _now.AddDays(-10), _now.AddDays(30))],
                    }
                );
        await Grains
            .GetGrain<IDirectoryGrain>($"{n}/people")
            .PutAsync([
                .. Visitors
                    .Everyone.Where(v => v.Network == n && v.Role != Role.Consultant)
                    .Select(v => new DirectoryEntry(v.Person!, new($"The {v}"))),
            ]);
    }

    /// <summary>
    /// Next week has an engagement of consultant 1 at hospital 1, one of consultant 2 at hospital 2, and one at hospital 1 that is proposed
    /// to consultant 1.
    /// </summary>
    private async Task RosterAsync(string n, Dictionary<string, string> things)
    {
        var week = Week.Of(_now.AddDays(7), TimeZoneInfo.FindSystemTimeZoneById("Asia/Dubai"));
        var roster = Grains.GetGrain<IRosterGrain>($"{n}/{week}");
        Plan Plan(int i, int hospital, params ImmutableArray<PersonId> consultants) =>
            Engagements.Plan(week, $"{n}-e{i}", $"{n}-h{hospital}") with
            {
                Room = new($"{n}-r{hospital}"),
                Consultants = consultants,
                Start = Engagements.At(week, i, 5),
                End = Engagements.At(week, i, 6),
                CaseReference = $"{n}-case-{i}",
                Reason = $"Reason {i} of {n}",
            };
        foreach (var plan in (Plan[])[Plan(1, 1, new PersonId($"{n}-c1")), Plan(2, 2, new PersonId($"{n}-c2")), Plan(3, 1)])
            Assert.IsType<Decided>(await roster.DecideAsync(Coordinator(n), plan));
        var proposed = Assert.IsType<Decided>(
            await roster.DecideAsync(
                Coordinator(n),
                new Propose
                {
                    CommandId = Guid.NewGuid(),
                    Engagement = new($"{n}-e3"),
                    Candidate = new($"{n}-c1"),
                    AnswerWithinSeconds = 86_400,
                    Reason = "Reason 3",
                }
            )
        );
        things["week"] = week.ToString();
        things["start"] = Iso(Engagements.At(week, 4, 5));
        things["end"] = Iso(Engagements.At(week, 4, 6));
        things["proposal"] = proposed.Engagement.Proposal!.Id.ToString();
        (things["case1"], things["case2"]) = ($"{n}-case-1", $"{n}-case-2");
        (things["reason1"], things["reason2"]) = ($"Reason 1 of {n}", $"Reason 2 of {n}");
        await DoneAsync(n, things);
        (things["visit1"], things["visit2"]) = ($"{n}-visit-c1", $"{n}-visit-c2");
        await Eventually.Async(async () =>
            (await Grains.GetGrain<IInboxGrain>($"{n}-c1").ListAsync()).FirstOrDefault(a => a.Engagement?.Id == new EngagementId($"{n}-e1"))
                is { } alert
            && (things["alert"] = alert.Id) is not null
        );
    }

    /// <summary>
    /// Five conferences. The first has a release, a draft and an audience, and only a few rows change it. Three are for the rows that
    /// begin, drop or publish a draft. At the last, people register themselves. Session 1 takes place now, session 2 tomorrow, and session
    /// 3 was yesterday.
    /// </summary>
    private async Task ConferencesAsync(string n, Dictionary<string, string> things)
    {
        foreach (
            var (thing, id) in ((string, string)[])
                [("conference", "congress"), ("undrafted", "a"), ("drafted", "b"), ("publishable", "c"), ("registrable", "d")]
        )
        {
            var conference = Grains.GetGrain<IConferenceGrain>(things[thing] = $"{n}-{id}");
            await conference.ImportAsync(Coordinator(n), Guid.NewGuid(), ProgrammeOf(n, things[thing]));
            if (thing != "undrafted")
                await conference.StartDraftAsync(Coordinator(n), Guid.NewGuid());
        }
        var main = Grains.GetGrain<IConferenceGrain>($"{n}-congress");
        Assert.Null((await main.PublishAsync(Coordinator(n), Guid.NewGuid(), "The first release")).Refusal);
        Assert.Null((await main.StartDraftAsync(Coordinator(n), Guid.NewGuid())).Refusal);
        await main.SetPublicAsync(Coordinator(n), true);
        await Grains.GetGrain<IConferenceGrain>($"{n}-d").SetRegistrationAsync(Coordinator(n), new(Open: true));
        var audience = Grains.GetGrain<IAudienceGrain>($"{n}-congress");
        await audience.SetCapacityAsync(Coordinator(n), new($"{n}-congress-2"), 100);
        await audience.RegisterAsync(new(new($"{n}-attendee"), Role.Attendee), new($"{n}-congress-2"));
        things["ticket"] = (await audience.TicketAsync(new($"{n}-c3"))).Code;
        foreach (var i in (int[])[1, 2, 3])
            things[$"session{i}"] = $"{n}-congress-{i}";
        (things["tomorrow"], things["release"], things["topic"]) = (Iso(_now.AddDays(1)), "1", $"conference/{n}-congress");
    }

    private Programme ProgrammeOf(string n, string id) =>
        new(
            new Conference
            {
                Id = new(id),
                Network = new(n),
                Title = $"Congress {id}",
                TimeZone = "Asia/Dubai",
                Rooms = [new("Hall")],
            },
            [
                .. ((DateTimeOffset[])[_now.AddMinutes(-10), _now.AddDays(1), _now.AddHours(-30)]).Select(
                    (start, i) =>
                        new ConferenceSession
                        {
                            Id = new($"{id}-{i + 1}"),
                            SourceId = $"{i + 1}",
                            Title = $"Lecture {i + 1}",
                            Start = start,
                            Duration = TimeSpan.FromHours(1),
                            Room = "Hall",
                            Day = DateOnly.FromDateTime(start.UtcDateTime),
                            Speakers = [new("A guest")],
                        }
                ),
            ],
            []
        );

    /// <summary>The lecture of session 1 is live, with captions, slides and a recording of two publications.</summary>
    private async Task LectureAsync(string n, Dictionary<string, string> things)
    {
        var (session, deck) = (new SessionId($"{n}-congress-1"), Guid.NewGuid());
        var file = new FileInfo(Path.Combine(Hub.DataPath, $"{n}.pdf"));
        await File.WriteAllBytesAsync(file.FullName, Pdf);
        await Hub.Services.GetRequiredService<ISlideFiles>().PutAsync(session, deck, file);
        var lecture = Grains.GetGrain<ILectureGrain>(session.Value);
        foreach (
            var command in (LectureCommand[])
                [
                    new OpenRoom { CommandId = Guid.NewGuid(), Conference = new($"{n}-congress") },
                    new SetRecording { CommandId = Guid.NewGuid(), Consent = true },
                    new AgreeToRecording { CommandId = Guid.NewGuid(), Agrees = true },
                    new SetStage { CommandId = Guid.NewGuid(), Stage = LectureStage.Live },
                    new SetSlides { CommandId = deck, Deck = new(deck, "slides.pdf", 1) },
                    new WriteCaption
                    {
                        CommandId = Guid.NewGuid(),
                        Language = "en",
                        Text = "Welcome.",
                    },
                ]
        )
            Assert.IsType<LectureDone>(await lecture.DecideAsync(Crew, command));
        foreach (var publication in (uint[])[7, 8])
            await using (var recorder = new LectureRecorder(Hub.Services.GetRequiredService<IRecordings>(), Grains, NullLogger.Instance))
                recorder.Record(
                    (await lecture.GetAsync())!,
                    new MediaSource(publication, Actor.System.Person, DateTimeOffset.UtcNow, [0, 8]),
                    new Talk(publication).Next()
                );
        (things["deck"], things["publication"], things["segment"], things["en"]) = (deck.ToString(), "7", "0", "en");
        (things["from"], things["to"]) = (Iso(_now.AddSeconds(-8)), Iso(_now));
    }

    /// <summary>
    /// A programme at hospital 1 with partner A, for which the trainee has applied, a programme that only the rows that remove it use, and
    /// a course that the trainee has completed.
    /// </summary>
    private async Task ProgrammesAsync(string n, Dictionary<string, string> things)
    {
        var (director, trainee) = (new PersonId($"{n}-director"), new PersonId($"{n}-trainee"));
        foreach (var (thing, id) in ((string, string)[])[("programme", "fellowship"), ("programmeX", "programme-x"), ("course", "course")])
            Assert.IsType<RecordsEdited>(
                await Grains
                    .GetGrain<IProgrammeGrain>(things[thing] = $"{n}-{id}")
                    .EditAsync(
                        Coordinator(n),
                        new(
                            Guid.NewGuid(),
                            [
                                RecordEdit.Put(
                                    new ProgrammeProfile(
                                        new($"{n}-{id}"),
                                        new(n),
                                        ProgrammeKind.Fellowship,
                                        new("A fellowship"),
                                        new("A year."),
                                        null,
                                        new($"{n}-pa"),
                                        [new($"{n}-h1")],
                                        false,
                                        ["en"],
                                        director,
                                        null,
                                        1,
                                        thing == "course" ? Admission.FirstCome : Admission.Selection,
                                        Public: true
                                    )
                                ),
                                RecordEdit.Put(
                                    new Cohort("cohort", new("Cohort"), new(2030, 3, 1), new(2031, 2, 28), _now.AddDays(30), 10, 7)
                                ),
                                RecordEdit.Put(
                                    new ProgrammeRequirement("paper", DocumentKind.Licence, new("A licence"), true, Responsible.Trainee)
                                ),
                            ]
                        )
                    )
            );
        things["cohort"] = "cohort";
        (things["requirement"], things["paper"], things["traineeOf"]) = ("paper", $"{n}-paper", trainee.Value);
        Assert.Null(
            (
                await Grains
                    .GetGrain<IProgrammeGrain>(things["programme"])
                    .DecideAsync(
                        new(trainee, Role.Trainee),
                        new Apply
                        {
                            CommandId = Guid.NewGuid(),
                            Cohort = "cohort",
                            Reason = $"Statement of {n}",
                        }
                    )
            ).Code
        );
        await CompleteAsync(n, things["course"], trainee);
        things["statement"] = $"Statement of {n}";
        var dossier = Grains.GetGrain<IDossierGrain>(trainee.Value);
        var paper = new DossierDocument(things["paper"], DocumentKind.Licence, "Licence", null, null, null, null);
        Assert.IsType<RecordsEdited>(await dossier.EditAsync(new(trainee, Role.Trainee), new(Guid.NewGuid(), [RecordEdit.Put(paper)])));
        things["paperTag"] = RecordTag.Of(paper);
        await Eventually.Async(async () =>
            (await dossier.GetAsync()).Applications.Length == 2
            && (await Grains.GetGrain<IDirectoryGrain>($"{n}/dossiers").ListAsync()).Length == 1
            && (await Grains.GetGrain<ICatalogueGrain>(n).ListAsync()).Length == 3
        );
    }

    /// <summary>A training at hospital 1 that has begun. The trainee is in its ward, and the supervisor judges the trainee there.</summary>
    private async Task TrainingAsync(string n, Dictionary<string, string> things)
    {
        var (trainee, today) = (new PersonId($"{n}-trainee"), DateOnly.FromDateTime(_now.UtcDateTime));
        var programme = Grains.GetGrain<IProgrammeGrain>(things["training"] = $"{n}-training");
        var profile = new ProgrammeProfile(
            new($"{n}-training"),
            new(n),
            ProgrammeKind.StaffTraining,
            new("A training"),
            new("A month."),
            null,
            new($"{n}-pa"),
            [new($"{n}-h1")],
            false,
            ["en"],
            new($"{n}-director"),
            null,
            1,
            Admission.FirstCome,
            Public: false
        );
        var cohort = new Cohort("now", new("Now"), today.AddDays(40), today.AddDays(60), _now.AddDays(30), 10, 7);
        await EnterAsync(
            profile,
            cohort,
            new Department("ward", new("Ward"), new($"{n}-h1"), 5),
            new ProgrammeActivity("act", new("Act"), 1, null)
        );
        Assert.Null(
            (await programme.DecideAsync(new(trainee, Role.Trainee), new Apply { CommandId = Guid.NewGuid(), Cohort = "now" })).Code
        );
        await EnterAsync(
            cohort with
            {
                From = today.AddDays(-10),
                To = today.AddDays(50),
                ApplyBy = _now.AddDays(-20),
            },
            new Rotation("rotation", "now", trainee, "ward", today.AddDays(-10), today.AddDays(10), new($"{n}-supervisor"))
        );
        (things["ward"], things["act"], things["rotation"], things["now"]) = ("ward", "act", "rotation", "now");
        // What consultant 1 did last week was a session of this cohort.
        Assert.IsType<Decided>(
            await Grains
                .GetGrain<IRosterGrain>($"{n}/{things["pastWeek"]}")
                .DecideAsync(
                    Coordinator(n),
                    new SetPurpose
                    {
                        CommandId = Guid.NewGuid(),
                        Engagement = new(things["e4"]),
                        Purpose = new(new($"{n}-training"), "now"),
                    }
                )
        );
        await Eventually.Async(async () =>
            (await Grains.GetGrain<ICourseGrain>($"{n}-training/now").GetAsync()).Find(new(things["e4"])) is not null
        );
        (things["yesterday"], things["supervisorOf"]) = ($"{today.AddDays(-1):yyyy-MM-dd}", $"{n}-supervisor");
        (things["rotationFrom"], things["rotationTo"]) = ($"{today.AddDays(-10):yyyy-MM-dd}", $"{today.AddDays(10):yyyy-MM-dd}");

        async Task EnterAsync(params ImmutableArray<IRecord> records) =>
            Assert.IsType<RecordsEdited>(
                await programme.EditAsync(Coordinator(n), new(Guid.NewGuid(), [.. records.Select(r => RecordEdit.Put(r))]))
            );
    }

    /// <summary>The trainee had a place in a cohort that is over.</summary>
    private async Task CompleteAsync(string n, string course, PersonId trainee)
    {
        var grain = Grains.GetGrain<IProgrammeGrain>(course);
        // The course gives its places at once.
        Assert.Null(
            (await grain.DecideAsync(new(trainee, Role.Trainee), new Apply { CommandId = Guid.NewGuid(), Cohort = "cohort" })).Code
        );
        var over = new Cohort("cohort", new("Cohort"), new(2026, 1, 5), new(2026, 2, 5), new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), 10, 7);
        Assert.IsType<RecordsEdited>(await grain.EditAsync(Coordinator(n), new(Guid.NewGuid(), [RecordEdit.Put(over)])));
    }

    /// <summary>The trainee's certificate of the course.</summary>
    private async Task CertifyAsync(string n, Dictionary<string, string> things)
    {
        var director = Visitors.Everyone.Single(v => v.Name == "director" && v.Network == n);
        using var issued = await Http(director)
            .PostAsJsonAsync($"api/programmes/{things["course"]}/cohorts/cohort/certificates", new { person = things["traineeOf"] });
        Assert.True(issued.IsSuccessStatusCode, await issued.Content.ReadAsStringAsync());
        things["completion"] = (await issued.Content.ReadFromJsonAsync<CompletionCertificate>(HubJson.Options))!.Number;
    }

    /// <summary>The attendee and consultant 1 were in the room of session 3, and have a certificate.</summary>
    private async Task CreditAsync(string n, Dictionary<string, string> things)
    {
        var policies = Grains.GetGrain<ICreditPoliciesGrain>(n);
        Assert.Null(
            await policies.PutAsync(
                Coordinator(n),
                new([
                    new CreditPolicy
                    {
                        Id = new("body"),
                        Name = new("The body"),
                        Unit = new("credits"),
                    },
                ])
            )
        );
        things["policies"] = (await policies.GetAsync()).Version.ToString(CultureInfo.InvariantCulture);
        foreach (var (thing, name) in ((string, string)[])[("certificate", "attendee"), ("certificate2", "consultant1")])
        {
            var visitor = Visitors.Everyone.Single(v => v.Name == name && v.Network == n);
            var session = (await Grains.GetGrain<IConferenceGrain>($"{n}-congress").GetSessionAsync(new($"{n}-congress-3")))!;
            Assert.Null(
                await Grains
                    .GetGrain<IAttendanceGrain>($"{n}-congress-3")
                    .CheckInAsync(Coordinator(n), new($"{n}-congress"), new(visitor.Person!), session.Start!.Value)
            );
            using var issued = await Http(visitor).PostAsJsonAsync($"api/conferences/{n}-congress/certificates", new { body = "body" });
            Assert.True(issued.IsSuccessStatusCode, await issued.Content.ReadAsStringAsync());
            things[thing] = (await issued.Content.ReadFromJsonAsync<Certificate>(HubJson.Options))!.Number;
        }
        things["key"] = (await Grains.GetGrain<ISigningKeysGrain>("hub").ListAsync())[0].Id;
    }

    /// <summary>An engagement of consultant 1 at hospital 1 that was completed last week, and a report of the whole network.</summary>
    private async Task DoneAsync(string n, Dictionary<string, string> things)
    {
        var week = Week.Of(_now, TimeZoneInfo.FindSystemTimeZoneById("Asia/Dubai")).Previous;
        var roster = Grains.GetGrain<IRosterGrain>($"{n}/{week}");
        var plan = Engagements.Plan(week, $"{n}-e4", $"{n}-h1") with
        {
            Consultants = [new($"{n}-c1")],
            Start = Engagements.At(week, 5, 5),
            End = Engagements.At(week, 5, 6),
            Reason = "Written down afterwards",
        };
        Assert.IsType<Decided>(await roster.DecideAsync(Coordinator(n), plan));
        Assert.IsType<Decided>(
            await roster.DecideAsync(Coordinator(n), new Complete { CommandId = Guid.NewGuid(), Engagement = plan.Engagement })
        );
        (things["pastWeek"], things["e4"]) = (week.ToString(), $"{n}-e4");
        var report = await Grains
            .GetGrain<IScorecardReportsGrain>(n)
            .StoreAsync(
                Coordinator(n),
                Guid.NewGuid(),
                new(week.Monday, week.Monday.AddDays(6), "Asia/Dubai", new(), [new() { Network = new(n) }]),
                []
            );
        things["report"] = $"{report.Report!.Id}";
    }

    private static string Iso(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    private static byte[] OnePage()
    {
        var builder = new PdfDocumentBuilder();
        builder.AddPage(PageSize.A4);
        return builder.Build();
    }

    public ValueTask DisposeAsync() => Hub.DisposeAsync();
}
