using System.Collections.Immutable;
using System.Net.Http.Json;
using ConsultHub.Conferences;
using ConsultHub.Conferences.Audience;
using ConsultHub.Conferences.Releases;
using ConsultHub.Inboxes;
using ConsultHub.Live;
using ConsultHub.Rostering;
using ConsultHub.Web;
using ConsultHub.Web.Conferences;

namespace ConsultHub.Tests.BusyHour;

/// <summary>Runs a list of steps in a new network. Each person sends commands from a separate browser.</summary>
internal sealed class BusyHourRun : IDisposable
{
    /// <summary>The number of steps after which the open screens read the changes.</summary>
    private const int LooksEvery = 8;
    private readonly BusyHub _hub;
    private readonly Dictionary<PersonId, HttpClient> _browsers = [];
    private readonly Dictionary<string, SessionId> _sessions = [];
    private readonly Dictionary<EngagementId, Week> _weeks = [];
    private readonly List<Contradiction> _contradictions = [];
    private readonly IReadOnlyList<Follower> _screens;

    private BusyHourRun(BusyHub hub, World world)
    {
        (_hub, World, _screens) = (hub, world, Follower.All(world));
        for (var i = 0; i < Steps.Sessions; i++)
            _sessions[$"s{i}"] = world.Session(i);
    }

    public World World { get; }

    /// <summary>Sessions that somebody has changed directly since the last release. The release need not agree with them.</summary>
    public HashSet<SessionId> Touched { get; } = [];

    /// <summary>People who at some time no longer wanted to attend a session. They may have missed later changes of it.</summary>
    public HashSet<(PersonId Person, SessionId Session)> Left { get; } = [];

    /// <summary>The number of steps that the hub carried out, and the number of all steps.</summary>
    public (int Done, int All) Count { get; private set; }

    private HttpClient Coordinator => Browser(World.Coordinators[0]);

    /// <returns>The contradictions after each publication and at the end, always with the hub at rest, and the numbers of steps.</returns>
    public static async Task<(IReadOnlyList<Contradiction> Contradictions, (int Done, int All) Count)> RunAsync(
        BusyHub hub,
        IEnumerable<Step> steps
    )
    {
        using var run = new BusyHourRun(hub, await hub.NewWorldAsync());
        foreach (var step in steps)
            await run.TakeAsync(step);
        await hub.RestAsync();
        foreach (var screen in run._screens)
            run._contradictions.AddRange(
                (await screen.CompareAsync(run)).Select(w => new Contradiction("A screen that stays open and one that is opened", w))
            );
        return ([.. run._contradictions, .. Agreements.Ask(await Surfaces.ReadAsync(run))], run.Count);
    }

    public HttpClient Browser(PersonId person) =>
        _browsers.TryGetValue(person, out var http) ? http : _browsers[person] = _hub.Browser(World.Viewer(person));

    public async Task<T> GetAsync<T>(PersonId person, string path)
    {
        using var response = await Browser(person).GetAsync(path);
        Assert.True(response.IsSuccessStatusCode, $"{path}: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");
        return (await response.Content.ReadFromJsonAsync<T>(HubJson.Options))!;
    }

    public Task<Frame> TopicAsync(PersonId person, string topic, string? position = null) =>
        GetAsync<Frame>(person, $"api/topics/{topic}{(position is null ? "" : $"?position={position}")}");

    private async Task TakeAsync(Step step)
    {
        if (Count.All % LooksEvery == 0)
            foreach (var screen in _screens)
                await screen.FollowAsync(this);
        _hub.Clock.Advance(TimeSpan.FromSeconds(5));
        var done = await DoAsync(step);
        Count = (Count.Done + (done ? 1 : 0), Count.All + 1);
    }

    private async Task<bool> DoAsync(Step step) =>
        step switch
        {
            Step.Plan s => await PlanAsync(s),
            Step.Confirm s => await ChangeAsync(s.Engagement, (id, e) => new Confirm { CommandId = id, Engagement = e.Id }),
            Step.ChangeTime s => await ChangeAsync(
                s.Engagement,
                (id, e) =>
                    new ChangeTime
                    {
                        CommandId = id,
                        Engagement = e.Id,
                        Start = World.At(s.At).Start,
                        End = World.At(s.At).End,
                        Room = s.Room is { } room ? World.Room(room) : null,
                        Reason = s.Reason ? "The list runs late." : null,
                    }
            ),
            Step.ChangeRoom s => await ChangeAsync(
                s.Engagement,
                (id, e) =>
                    new ChangeRoom
                    {
                        CommandId = id,
                        Engagement = e.Id,
                        Room = World.Room(s.Room),
                        Reason = "The room is needed.",
                    }
            ),
            Step.Assign s => await ChangeAsync(
                s.Engagement,
                (id, e) =>
                    new Assign
                    {
                        CommandId = id,
                        Engagement = e.Id,
                        Consultants = People(s.Who, s.Second),
                        Reason = "They agreed.",
                    }
            ),
            Step.Propose s => await ChangeAsync(
                s.Engagement,
                (id, e) =>
                    new Propose
                    {
                        CommandId = id,
                        Engagement = e.Id,
                        Candidate = World.Consultants[s.Candidate],
                        Replaces = s.Relieve && !e.Consultants.IsEmpty ? e.Consultants[0] : null,
                        Ladder = People(s.Next),
                        AnswerWithinSeconds = s.Minutes * 60,
                        Reason = "The flight is late.",
                    },
                s.By
            ),
            Step.Answer s => await AnswerAsync(s),
            Step.Emergency s => await ChangeAsync(
                s.Engagement,
                (id, e) =>
                    new EmergencyMove
                    {
                        CommandId = id,
                        Engagement = e.Id,
                        Start = s.At is { } at ? World.At(at).Start : null,
                        End = s.At is { } until ? World.At(until).End : null,
                        Room = s.Room is { } room ? World.Room(room) : null,
                        Consultants = s.Who is { } who ? People(who) : null,
                        Reason = "An emergency.",
                    }
            ),
            Step.Cancel s => await ChangeAsync(
                s.Engagement,
                (id, e) =>
                    new Cancel
                    {
                        CommandId = id,
                        Engagement = e.Id,
                        Reason = "It is not needed.",
                    }
            ),
            Step.Undo s => await ChangeAsync(
                s.Engagement,
                (id, e) =>
                    new Undo
                    {
                        CommandId = id,
                        Engagement = e.Id,
                        Reason = "That was a mistake.",
                    },
                s.By
            ),
            Step.Arrive s => await ChangeAsync(
                s.Engagement,
                (id, e) => new Arrive { CommandId = id, Engagement = e.Id },
                asConsultant: true
            ),
            Step.Complete s => await ChangeAsync(
                s.Engagement,
                (id, e) => new Complete { CommandId = id, Engagement = e.Id },
                asConsultant: true
            ),
            Step.NoShow s => await ChangeAsync(
                s.Engagement,
                (id, e) =>
                    new MarkNoShow
                    {
                        CommandId = id,
                        Engagement = e.Id,
                        Reason = "Nobody came.",
                    }
            ),
            Step.Acknowledge s => await AcknowledgeAsync(s),
            Step.StartDraft => await IsDoneAsync(Coordinator.PostAsync($"api/conferences/{World.Conference}/draft", null)),
            Step.DropDraft => await IsDoneAsync(Coordinator.DeleteAsync($"api/conferences/{World.Conference}/draft")),
            Step.Publish => await PublishAsync(),
            Step.DraftPlace s => await EditAsync(
                s.Session,
                e => e with { Start = World.At(s.At).Start, Duration = 15 * s.At.Quarters, Room = World.ProgrammeRoom(s.Room) }
            ),
            Step.DraftCancel s => await EditAsync(s.Session, e => e with { Cancelled = s.Cancelled }),
            Step.DraftTitle s => await EditAsync(s.Session, e => e with { Title = $"{s.Session} as named {s.Number}" }),
            Step.DraftSpeaker s => await EditAsync(s.Session, e => e with { Speakers = Speakers(s.Who) }),
            Step.DraftAdd s => await AddAsync(s),
            Step.DraftRemove s => Known(s.Session) is { } id
                && await IsDoneAsync(Coordinator.DeleteAsync($"api/conferences/{World.Conference}/draft/sessions/{id}")),
            Step.MoveSession s => await MoveAsync(s),
            Step.Favourite s => await PutAsync(s.Attendee, s.Session, s.On, id => $"favourites/{id}"),
            Step.Register s => await PutAsync(s.Attendee, s.Session, true, id => $"sessions/{id}/place"),
            Step.Leave s => await PutAsync(s.Attendee, s.Session, false, id => $"sessions/{id}/place"),
            Step.Capacity s => Known(s.Session) is { } id
                && await IsDoneAsync(
                    Coordinator.PutAsJsonAsync($"api/conferences/{World.Conference}/sessions/{id}/capacity", new { places = s.Places })
                ),
            Step.CheckIn s => await CheckInAsync(s),
            Step.Feedback s => Known(s.Session) is { } id
                && await IsDoneAsync(
                    Browser(World.Attendees[s.Attendee])
                        .PutAsJsonAsync(
                            $"api/conferences/{World.Conference}/sessions/{id}/feedback",
                            new { stars = s.Stars, text = "Thank you." }
                        )
                ),
            Step.Pass s => await PassAsync(TimeSpan.FromMinutes(s.Minutes)),
            Step.Rest => await PassAsync(TimeSpan.Zero),
            _ => throw new InvalidOperationException($"There is no code for the step {step}."),
        };

    private ImmutableArray<PersonId> People(params int?[] numbers) => [.. numbers.OfType<int>().Select(n => World.Consultants[n])];

    private ImmutableArray<Speaker> Speakers(int? who) =>
        who is { } number ? [new($"Dr {World.Consultants[number]}", null, World.Consultants[number])] : [new("A guest")];

    private SessionId? Known(string session) => _sessions.TryGetValue(session, out var id) ? id : null;

    private async Task<EngagementId> EngagementIdAsync(string engagement)
    {
        if (engagement[0] != 's')
            return new($"{World.Network}-{engagement}");
        return await SessionAsync(_sessions[engagement]) is { Engagement: { } booked } ? booked : World.EngagementOf(_sessions[engagement]);
    }

    private async Task<ConferenceSession?> SessionAsync(SessionId id) =>
        (await TopicAsync(World.Coordinators[0], $"conference/{World.Conference}"))
            .Items.OfType<ConferenceSession>()
            .FirstOrDefault(s => s.Id == id);

    private static async Task<bool> IsDoneAsync(Task<HttpResponseMessage> asked)
    {
        using var response = await asked;
        Assert.True((int)response.StatusCode < 500, await response.Content.ReadAsStringAsync());
        Assert.True((int)response.StatusCode is not (401 or 429), "The hub does not know the caller or gets too many requests.");
        return response.IsSuccessStatusCode;
    }

    /// <summary>Finds the week that has an engagement now, as a client does.</summary>
    private async Task<(Week Week, Engagement Engagement)?> FindAsync(EngagementId id)
    {
        var known = _weeks.TryGetValue(id, out var last) ? last : World.FirstWeek;
        foreach (var week in World.Weeks.OrderBy(w => w != known))
        {
            using var response = await Coordinator.GetAsync($"api/rosters/{World.Network}/{week}/engagements/{id}");
            if (!response.IsSuccessStatusCode)
                continue;
            _weeks[id] = week;
            return (week, (await response.Content.ReadFromJsonAsync<Engagement>(HubJson.Options))!);
        }
        return null;
    }

    private Task<bool> GiveAsync(PersonId by, Week week, RosterCommand command) =>
        IsDoneAsync(Browser(by).PostAsJsonAsync($"api/rosters/{World.Network}/{week}/commands", command, HubJson.Options));

    private async Task<bool> PlanAsync(Step.Plan step)
    {
        var (start, end) = World.At(step.At);
        return await GiveAsync(
            World.Coordinators[0],
            World.WeekOf(start),
            new Plan
            {
                CommandId = Guid.NewGuid(),
                Engagement = await EngagementIdAsync(step.Engagement),
                Kind = EngagementKind.Consultation,
                Title = $"Engagement {step.Engagement}",
                Hospital = World.Hospitals[step.Hospital],
                Room = step.Room is { } room ? World.Room(room) : null,
                Consultants = People(step.Who),
                Specialty = "cardiology",
                Start = start,
                End = end,
                Confirmed = step.Confirmed,
                Reason = "The clinic is full.",
            }
        );
    }

    private async Task<bool> ChangeAsync(
        string engagement,
        Func<Guid, Engagement, RosterCommand> command,
        int by = 0,
        bool asConsultant = false
    )
    {
        if (await FindAsync(await EngagementIdAsync(engagement)) is not { } found)
            return false;
        var who = asConsultant && !found.Engagement.Consultants.IsEmpty ? found.Engagement.Consultants[0] : World.Coordinators[by];
        if (
            !await GiveAsync(who, found.Week, command(Guid.NewGuid(), found.Engagement) with { ExpectedVersion = found.Engagement.Version })
        )
            return false;
        if (engagement[0] == 's')
            Touched.Add(_sessions[engagement]);
        return true;
    }

    private async Task<bool> AnswerAsync(Step.Answer step)
    {
        if (await FindAsync(await EngagementIdAsync(step.Engagement)) is not ({ } week, { Proposal: { } proposal } engagement))
            return false;
        RosterCommand answer = step.Accept
            ? new Accept
            {
                CommandId = Guid.NewGuid(),
                Engagement = engagement.Id,
                Proposal = proposal.Id,
            }
            : new Decline
            {
                CommandId = Guid.NewGuid(),
                Engagement = engagement.Id,
                Proposal = proposal.Id,
                Reason = "I am in theatre.",
            };
        if (!await GiveAsync(proposal.Candidate, week, answer))
            return false;
        if (step.Engagement[0] == 's')
            Touched.Add(_sessions[step.Engagement]);
        return true;
    }

    private async Task<bool> AcknowledgeAsync(Step.Acknowledge step)
    {
        var person = World.Consultants[step.Who];
        var open = (await GetAsync<List<Alert>>(person, $"api/inboxes/{person}/alerts")).Where(a => a.AcknowledgedAt is null).ToList();
        foreach (var alert in step.All ? open : open.TakeLast(1))
            await IsDoneAsync(Browser(person).PostAsync($"api/inboxes/{person}/alerts/{alert.Id}/acknowledgement", null));
        return open.Count > 0;
    }

    private async Task<bool> EditAsync(string session, Func<ReleasesApi.DraftEdit, ReleasesApi.DraftEdit> change)
    {
        if (Known(session) is not { } id)
            return false;
        var drafted = (await TopicAsync(World.Coordinators[0], $"conference/{World.Conference}/draft"))
            .Items.OfType<DraftSession>()
            .FirstOrDefault(d => d.Session.Id == id);
        if (drafted is not { Session: { } now })
            return false;
        var edit = new ReleasesApi.DraftEdit(
            Guid.NewGuid(),
            now.Title,
            now.Subtitle,
            now.Abstract,
            now.Start,
            now.Duration.TotalMinutes,
            now.Room,
            now.Track,
            now.Kind,
            now.Language,
            now.Speakers,
            now.Cancelled,
            drafted.Version
        );
        return await IsDoneAsync(
            Coordinator.PutAsJsonAsync($"api/conferences/{World.Conference}/draft/sessions/{id}", change(edit), HubJson.Options)
        );
    }

    private async Task<bool> AddAsync(Step.DraftAdd step)
    {
        var edit = new ReleasesApi.DraftEdit(
            Guid.NewGuid(),
            $"Added {step.Session}",
            null,
            null,
            World.At(step.At).Start,
            15 * step.At.Quarters,
            World.ProgrammeRoom(step.Room),
            null,
            null,
            null,
            Speakers(step.Who)
        );
        using var response = await Coordinator.PostAsJsonAsync($"api/conferences/{World.Conference}/draft/sessions", edit, HubJson.Options);
        if (!response.IsSuccessStatusCode)
            return false;
        _sessions[step.Session] = (await response.Content.ReadFromJsonAsync<DraftSession>(HubJson.Options))!.Session.Id;
        return true;
    }

    private async Task<bool> MoveAsync(Step.MoveSession step)
    {
        if (Known(step.Session) is not { } id)
            return false;
        if (await SessionAsync(id) is not { } now)
            return false;
        var move = new ConferencesApi.MoveRequest(
            Guid.NewGuid(),
            World.At(step.At).Start,
            15 * step.At.Quarters,
            World.ProgrammeRoom(step.Room),
            now.Version,
            "The speaker is late."
        );
        if (
            !await IsDoneAsync(Coordinator.PostAsJsonAsync($"api/conferences/{World.Conference}/sessions/{id}/move", move, HubJson.Options))
        )
            return false;
        Touched.Add(id);
        return true;
    }

    private async Task<bool> PutAsync(int attendee, string session, bool on, Func<SessionId, string> path)
    {
        if (Known(session) is not { } id)
            return false;
        var (browser, address) = (Browser(World.Attendees[attendee]), $"api/conferences/{World.Conference}/{path(id)}");
        if (!on)
            Left.Add((World.Attendees[attendee], id));
        return await IsDoneAsync(on ? browser.PutAsync(address, null) : browser.DeleteAsync(address));
    }

    private async Task<bool> CheckInAsync(Step.CheckIn step)
    {
        if (Known(step.Session) is not { } id)
            return false;
        var ticket = await GetAsync<AudienceApi.TicketPicture>(
            World.Attendees[step.Attendee],
            $"api/conferences/{World.Conference}/ticket"
        );
        return await IsDoneAsync(
            Coordinator.PostAsJsonAsync($"api/conferences/{World.Conference}/sessions/{id}/checkins", new { code = ticket.Code })
        );
    }

    /// <summary>Lets time pass, does what the reminders of rosters and inboxes would do, and waits until the hub is at rest.</summary>
    private async Task<bool> PassAsync(TimeSpan time)
    {
        _hub.Clock.Advance(time);
        if (time > TimeSpan.Zero)
        {
            foreach (var week in World.Weeks)
                await TickAsync(_hub.Grains.GetGrain<IRosterGrain>($"{World.Network}/{week}"));
            foreach (var person in World.Consultants.Concat(World.Coordinators))
                await TickAsync(_hub.Grains.GetGrain<IInboxGrain>(person.Value));
        }
        await _hub.RestAsync();
        return true;
    }

    private static Task TickAsync(IAddressable grain) => grain.AsReference<IRemindable>().ReceiveReminder("reconcile", default);

    /// <summary>
    /// Publishes while the hub is at rest, waits until it is at rest again, and checks whether the release, the programme and the notices
    /// agree.
    /// </summary>
    private async Task<bool> PublishAsync()
    {
        await _hub.RestAsync();
        var before = await Publication.BeforeAsync(this);
        if (
            !await IsDoneAsync(
                Coordinator.PostAsJsonAsync(
                    $"api/conferences/{World.Conference}/releases",
                    new ReleasesApi.Publishing(Guid.NewGuid(), null),
                    HubJson.Options
                )
            )
        )
            return false;
        await _hub.RestAsync();
        _contradictions.AddRange(await before.AskAsync(this));
        Touched.Clear();
        return true;
    }

    public void Dispose()
    {
        foreach (var browser in _browsers.Values)
            browser.Dispose();
    }
}
