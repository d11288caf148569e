using System.Collections.Immutable;
using ConsultHub.Conferences.Releases;
using ConsultHub.Consultants;
using ConsultHub.Directories;
using ConsultHub.Journal;
using ConsultHub.Networks;
using ConsultHub.Rostering;
using Microsoft.Extensions.Logging;
using Orleans.Concurrency;
using Orleans.Runtime;

namespace ConsultHub.Conferences;

/// <summary>
/// The authority of one conference. If a roster has booked a session, the roster owns the session's time, room and consultants. The
/// conference asks for a booking by its outbox, and calls the roster directly for later changes. A roster informs the conference by its
/// outbox and never waits for the conference.
/// </summary>
[Reentrant, GrainType("conference")]
internal sealed partial class ConferenceGrain(AuthorityServices services)
    : AuthorityGrain<ConferenceState, ConferenceEvent>("conference", services),
        IConferenceGrain
{
    private readonly ILogger _log = services.Loggers.CreateLogger<ConferenceGrain>();

    // The last answer of a roster about each engagement: the week of that roster, and the engagement.
    private readonly Dictionary<EngagementId, (Week Week, Engagement Engagement)> _asked = [];
    private readonly Dictionary<PersonId, string> _names = [];

    private ConferenceId Id => new(this.GetPrimaryKeyString());

    public Task<Conference?> GetAsync() => Task.FromResult(Stored.Header);

    public Task<ConferenceSession?> GetSessionAsync(SessionId session) => Task.FromResult(Stored.Sessions.GetValueOrDefault(session));

    public Task<Programme?> ReadAsync() =>
        Task.FromResult(Stored.Header is { } header ? new Programme(header, [.. Stored.Sessions.Values], []) : null);

    public Task<ConferenceSummary?> SummaryAsync() =>
        Task.FromResult(
            Stored.Header is { } header
                ? new ConferenceSummary(
                    header.Id,
                    header.Title,
                    header.TimeZone,
                    header.FirstDay,
                    header.LastDay,
                    Stored.Sessions.Count,
                    header.TitleAr,
                    header.TitleKo,
                    header.Withdrawn
                )
                : null
        );

    public Task<ImportOutcome> PreviewAsync(Programme programme) =>
        Task.FromResult(
            Stored.Header is { Withdrawn: true } ? new ImportOutcome(0, 0, 0, StoredVersion, ConferenceCodes.Withdrawn)
            : Stored.Draft is not null ? ProgrammeMerge.MergeIntoDraft(Stored, Id, programme, Clock.GetUtcNow()).Import!
            : ProgrammeMerge.Merge(Stored, Id, programme, null, Clock.GetUtcNow()).Event.Outcome
        );

    public async Task<ImportOutcome> ImportAsync(Actor actor, Guid commandId, Programme programme, bool create)
    {
        var facts = await BookingFactsAsync(programme.Conference.Network ?? Head.Header?.Network, programme.Sessions);
        if (IsRepeat(commandId, out var before))
        {
            await WhenStoredAsync(before);
            await ListAsync();
            return Stored.LastImport is { } last && last.Version == before ? last : new ImportOutcome(0, 0, 0, before);
        }
        if (create && (Head.Header is not null || (Head.DeletedFrom is { } was && was != programme.Conference.Network)))
            return new ImportOutcome(0, 0, 0, StoredVersion, ConferenceCodes.Exists);
        if (Head.Header is { Withdrawn: true })
            return new ImportOutcome(0, 0, 0, StoredVersion, ConferenceCodes.Withdrawn);
        if (Head.Draft is not null)
        {
            var edited = ProgrammeMerge.MergeIntoDraft(Head, Id, programme, Clock.GetUtcNow());
            return edited.Import! with { Version = await CommitAsync(new(actor, commandId, [edited])) };
        }
        var (imported, outbox) = ProgrammeMerge.Merge(Head, Id, programme, facts, Clock.GetUtcNow());
        if (imported.Outcome.Code is not null)
            return imported.Outcome with { Version = StoredVersion };
        var version = await CommitAsync(
            new(actor, commandId, [imported]) { Outbox = outbox.AddRange(ReleaseRules.TellAtOnce(Head, imported, actor.Person)) }
        );
        await ListAsync();
        return imported.Outcome with { Version = version };
    }

    public async Task<SessionReply> MoveAsync(Actor actor, MoveSession command)
    {
        var facts = Head.Sessions.TryGetValue(command.Session, out var known)
            ? await BookingFactsAsync(Head.Header?.Network, [known])
            : null;
        if (IsRepeat(command.CommandId, out var before))
        {
            await WhenStoredAsync(before);
            return new(null, null, Stored.Sessions.GetValueOrDefault(command.Session));
        }
        if (Session(command.Session) is { Booking: BookingState.Booked, Engagement: not null, Week: not null } taken)
            return await MoveBookedAsync(actor, taken, command);
        var (code, message, session) = SessionRules.Move(Head, command, Clock.GetUtcNow());
        if (code is not null)
            return new(code, message, session);
        var (booked, request) = SessionRules.Book(Head.Header!, session!, facts);
        var changed = Changed(actor, command.CommandId, booked, Head.Sessions[command.Session]);
        var version = await CommitAsync(request is null ? changed : changed with { Outbox = changed.Outbox.Add(request) });
        return new(
            null,
            null,
            Stored.Sessions.GetValueOrDefault(command.Session) is { } now && now.Version > version ? now : booked with { Version = version }
        );
    }

    public async Task<SessionCheck?> CheckMoveAsync(MoveSession command, Actor? actor)
    {
        if (Stored.Header is not { } header || !Stored.Sessions.TryGetValue(command.Session, out var session))
            return null;
        if (session is { Booking: BookingState.Booked, Engagement: not null, Week: not null })
            return (await CheckBookedAsync(actor ?? Actor.System, session, command)).WithoutRepeats();
        var (code, message, placed) = SessionRules.Move(Stored, command, Clock.GetUtcNow());
        if (code is not null)
            return new([new Finding(code, message!)], [], []);
        return new SessionCheck(
            [],
            await TryAsync(header, null, placed!),
            SessionRules.Overlaps(placed!, Stored.Sessions.Values)
        ).WithoutRepeats();
    }

    /// <summary>
    /// Reads the facts that the message does not contain: the engagement as it is now, and the names of consultants who are new to the
    /// conference.
    /// </summary>
    protected override async Task PrepareToReceiveAsync(GrainId sender, OutboxMessage message)
    {
        (EngagementId, Week)? about = message.Payload switch
        {
            SessionBooked booked => (booked.Engagement, booked.Week),
            SessionRescheduled rescheduled => (rescheduled.Engagement.Id, rescheduled.Week),
            _ => null,
        };
        if (about is not var (id, week))
            return;
        if (await GrainFactory.GetGrain<IRosterGrain>(sender.Key.ToString()!).GetAsync(id) is not { } engagement)
        {
            if (Asked(id, week) is not null)
                _asked.Remove(id);
            return;
        }
        await ReadNamesAsync(Newest(week, engagement));
    }

    private async Task ReadNamesAsync(Engagement engagement)
    {
        foreach (var person in engagement.Consultants)
            if (!_names.ContainsKey(person) && await GrainFactory.GetGrain<IConsultantGrain>(person.Value).GetAsync() is { } consultant)
                _names[person] = consultant.Name.En;
    }

    /// <summary>
    /// Keeps a roster's answer about an engagement, unless a newer answer of the same roster has already arrived. Returns the newest
    /// answer.
    /// </summary>
    private Engagement Newest(Week week, Engagement engagement)
    {
        if (Asked(engagement.Id, week) is { } asked && asked.Version > engagement.Version)
            return asked;
        _asked[engagement.Id] = (week, engagement);
        return engagement;
    }

    /// <summary>
    /// Returns the engagement as the roster of this week last returned it. Null if the engagement has moved to another week. In that case,
    /// the roster of the other week sends its own message about the engagement. It can arrive before or after this roster's message.
    /// </summary>
    private Engagement? Asked(EngagementId engagement, Week week) =>
        _asked.TryGetValue(engagement, out var asked) && asked.Week == week ? asked.Engagement : null;

    protected override Decision<ConferenceEvent>? Receive(GrainId sender, OutboxMessage message) =>
        message.Payload switch
        {
            SessionBooked booked when Asked(booked.Engagement, booked.Week) is { } engagement => Booked(
                Session(booked.Session),
                booked,
                engagement
            ),
            SessionRescheduled rescheduled when Asked(rescheduled.Engagement.Id, rescheduled.Week) is { } engagement => Rescheduled(
                Session(rescheduled.Session),
                rescheduled,
                engagement
            ),
            SessionBookingRefused refused => Session(refused.Session) is { } session ? Refused(session, refused.Codes) : null,
            _ => null,
        };

    private Decision<ConferenceEvent>? Booked(ConferenceSession? session, SessionBooked booked, Engagement engagement)
    {
        // The session was cancelled or removed from the programme while the roster was booking it.
        if (session is null or { Cancelled: true, Booking: BookingState.Requested })
        {
            ConferenceEvent[] follows = session is null
                ? []
                : [new SessionChanged(Following(session, engagement, booked.Week) with { Cancelled = true })];
            return new(Actor.System, Guid.Empty, [.. follows, Unneeded(booked.Session, engagement, booked.Week)]);
        }
        return Changed(Following(session, engagement, booked.Week), session);
    }

    private Decision<ConferenceEvent>? Rescheduled(ConferenceSession? session, SessionRescheduled rescheduled, Engagement engagement)
    {
        var unneeded = session is null || (session is { Booking: BookingState.Booked, Engagement: { } now } && now != engagement.Id);
        if (!unneeded)
            return IsOfBefore(session!, engagement) ? null : Changed(Following(session!, engagement, rescheduled.Week), session!);
        // The session was removed from the programme or booked again, and somebody has since restored its earlier engagement.
        return engagement.Status is EngagementStatus.Planned or EngagementStatus.Confirmed
            ? new(Actor.System, Guid.Empty, [Unneeded(rescheduled.Session, engagement, rescheduled.Week)])
            : null;
    }

    private static RosterTasked Unneeded(SessionId session, Engagement engagement, Week week) =>
        new(ProgrammeMerge.Cancellation(session, engagement.Id, week, "No session of the programme needs this engagement any more."));

    /// <summary>
    /// Returns the session with the values of its engagement. If only the conference's time zone was corrected, the session is not marked
    /// as moved.
    /// </summary>
    private ConferenceSession Following(ConferenceSession session, Engagement engagement, Week week)
    {
        var follows = SessionRules.Follow(Head.Header!, session, engagement, week, _names, Clock.GetUtcNow());
        return Head.Corrections.TryGetValue(session.Id, out var corrected) && follows.Start == corrected && follows.Room == session.Room
            ? follows with
            {
                Moved = session.Moved,
            }
            : follows;
    }

    /// <summary>
    /// Whether the engagement is cancelled and the session is being booked again. The engagement then belongs to the earlier booking.
    /// </summary>
    private static bool IsOfBefore(ConferenceSession session, Engagement engagement) =>
        !engagement.TakesTime && session.Booking == BookingState.Requested;

    private Decision<ConferenceEvent>? Refused(ConferenceSession session, ImmutableArray<string> codes) =>
        session.Booking switch
        {
            BookingState.Requested when Head.Settling?.BeforeOf(session.Id) is { } before => Changed(
                ReleaseRules.Refuse(session, before, codes),
                session
            ),
            BookingState.Requested => Changed(session with { Booking = BookingState.Refused, BookingFindings = codes }, session),
            // The roster of the week to which the session should move has refused the session.
            BookingState.Booked => Changed(Actor.System, Guid.Empty, session with { BookingFindings = codes }, session),
            _ => null,
        };

    private ConferenceSession? Session(SessionId id) => Head.Sessions.GetValueOrDefault(id);

    private Decision<ConferenceEvent>? Changed(ConferenceSession after, ConferenceSession before) =>
        SessionRules.SameContent(after, before) && Head.Settling?.Moving.Contains(after.Id) != true
            ? null
            : Changed(Actor.System, Guid.Empty, after, before);

    private Decision<ConferenceEvent> Changed(Actor actor, Guid commandId, ConferenceSession after, ConferenceSession before) =>
        new(actor, commandId, [new SessionChanged(after)])
        {
            Subjects = [after.Key],
            Outbox = ReleaseRules.TellAtOnce(Head, before, after, actor.Person),
        };

    /// <summary>
    /// Reads the facts that booking needs. Null if the conference belongs to no known network, because nothing can be booked then.
    /// </summary>
    private async Task<BookingFacts?> BookingFactsAsync(NetworkId? id, ImmutableArray<ConferenceSession> sessions)
    {
        if (id is not { } networkId || await GrainFactory.GetGrain<INetworkGrain>(networkId.Value).GetAsync() is not { } network)
            return null;
        var specialties = ImmutableDictionary.CreateBuilder<PersonId, string>();
        foreach (var person in sessions.SelectMany(s => s.Speakers).Select(s => s.Consultant).OfType<PersonId>().Distinct())
            if (await GrainFactory.GetGrain<IConsultantGrain>(person.Value).GetAsync() is { Specialties: [var first, ..] })
                specialties[person] = first;
        return new BookingFacts(TimeZoneInfo.FindSystemTimeZoneById(network.TimeZone), specialties.ToImmutable());
    }

    /// <summary>
    /// Lists the conference in its directory. An import that changes the programme and a publication do this. A repeated import does this
    /// again, because a crash may have prevented it the first time.
    /// </summary>
    private async Task ListAsync()
    {
        if (Stored.Header is not { } header)
            return;
        var directory = GrainFactory.GetGrain<IDirectoryGrain>($"{header.Network?.Value ?? "hub"}/conferences");
        await directory.PutAsync([EntryOf(header)]);
    }

    internal static DirectoryEntry EntryOf(Conference header) =>
        new(header.Id.Value, new LocalName(header.Title, header.TitleAr, header.TitleKo));
}
