using System.Collections.Immutable;
using ConsultHub.Consultants;
using ConsultHub.Directories;
using ConsultHub.Journal;
using ConsultHub.Networks;
using ConsultHub.Rostering;
using Microsoft.Extensions.Logging;
using Orleans.Concurrency;
using Orleans.Runtime;

namespace ConsultHub.Conferences;

/// <summary>Owns one conference. Where a roster has booked a session, that roster owns its time, room and consultants, and both tell each other without waiting.</summary>
[Reentrant, GrainType("conference")]
internal sealed partial class ConferenceGrain(AuthorityServices services)
    : AuthorityGrain<ConferenceState, ConferenceEvent>("conference", services), IConferenceGrain
{
    private readonly ILogger _log = services.Loggers.CreateLogger<ConferenceGrain>();
    private readonly Dictionary<EngagementId, Engagement> _duties = [];
    private readonly Dictionary<PersonId, string> _names = [];
    private bool _telling;

    private ConferenceId Id => new(this.GetPrimaryKeyString());

    public Task<Conference?> GetAsync() => Task.FromResult(Stored.Header);

    public Task<ConferenceSession?> GetSessionAsync(SessionId session) => Task.FromResult(Stored.Sessions.GetValueOrDefault(session));

    public Task<Programme?> ReadAsync() => Task.FromResult(Stored.Header is { } header ? new Programme(header, [.. Stored.Sessions.Values], []) : null);

    public Task<ConferenceSummary?> SummaryAsync() => Task.FromResult(Stored.Header is { } header
        ? new ConferenceSummary(header.Id, header.Title, header.TimeZone, header.FirstDay, header.LastDay, Stored.Sessions.Count) : null);

    public Task<ImportOutcome> PreviewAsync(Programme programme) =>
        Task.FromResult(Stored.Draft is { } draft ? ProgrammeMerge.MergeIntoDraft(draft, Id, programme, Clock.GetUtcNow()).Import!
            : ProgrammeMerge.Merge(Stored, Id, programme, null, Clock.GetUtcNow()).Event.Outcome);

    public async Task<ImportOutcome> ImportAsync(Actor actor, Guid commandId, Programme programme, bool create)
    {
        var facts = await BookingFactsAsync(programme.Conference.Network ?? Head.Header?.Network, programme.Sessions);
        if (IsRepeat(commandId, out var before))
        {
            await WhenStoredAsync(before);
            await ListAsync();
            return Stored.LastImport is { } last && last.Version == before ? last : new ImportOutcome(0, 0, 0, before);
        }
        if (create && Head.Header is not null) return new ImportOutcome(0, 0, 0, StoredVersion, "conference.exists");
        if (Head.Draft is { } draft)
        {
            var edited = ProgrammeMerge.MergeIntoDraft(draft, Id, programme, Clock.GetUtcNow());
            return edited.Import! with { Version = await CommitAsync(new(actor, commandId, [edited])) };
        }
        var (imported, outbox) = ProgrammeMerge.Merge(Head, Id, programme, facts, Clock.GetUtcNow());
        var version = await CommitAsync(new(actor, commandId, [imported]) { Outbox = outbox });
        await ListAsync();
        return imported.Outcome with { Version = version };
    }

    public async Task<SessionReply> MoveAsync(Actor actor, MoveSession command)
    {
        var facts = Head.Sessions.TryGetValue(command.Session, out var known) ? await BookingFactsAsync(Head.Header?.Network, [known]) : null;
        if (IsRepeat(command.CommandId, out var before))
        {
            await WhenStoredAsync(before);
            return new(null, null, Stored.Sessions.GetValueOrDefault(command.Session));
        }
        var (code, message, session) = SessionRules.Move(Head, command, Clock.GetUtcNow());
        if (code is not null) return new(code, message, session);
        var (booked, request) = SessionRules.Book(Head.Header!, session!, facts);
        var version = await CommitAsync(Changed(actor, command.CommandId, booked) with { Outbox = request is null ? [] : [request] });
        return new(null, null, Stored.Sessions.GetValueOrDefault(command.Session) is { } now && now.Version > version ? now : booked with { Version = version });
    }

    public async Task<SessionCheck?> CheckMoveAsync(MoveSession command)
    {
        if (Stored.Header is not { } header || !Stored.Sessions.TryGetValue(command.Session, out var session)) return null;
        var (code, message, placed) = SessionRules.Move(Stored, command, Clock.GetUtcNow());
        if (code == "session.booked" && session.Booking == BookingState.Booked)
            return new([], [], SessionRules.Overlaps(session with { Start = command.Start, Duration = command.Duration, Room = command.Room }, Stored.Sessions.Values));
        if (code is not null) return new([new Finding(code, message!)], [], []);
        var overlaps = SessionRules.Overlaps(placed!, Stored.Sessions.Values);
        var (booked, request) = SessionRules.Book(header, placed!, await BookingFactsAsync(header.Network, [placed!]));
        return new([], request is null ? [.. booked.BookingFindings.Select(f => new Finding(f, "It cannot be booked."))] : await TryBookingAsync(request), overlaps);
    }

    /// <summary>Why a roster would refuse what a session would ask of it.</summary>
    private async Task<ImmutableArray<Finding>> TryBookingAsync(OutboxMessage request)
    {
        var (roster, plan) = (GrainFactory.GetGrain<IRosterGrain>(request.To.Key.ToString()!), ((BookSession)request.Payload).AsPlan());
        if (await roster.GetAsync(plan.Engagement) is { TakesTime: true }) return [];
        var check = await roster.CheckAsync(Actor.System, plan);
        return check.Allowed ? [] : check.Findings.RemoveAll(f => f.Overridable);
    }

    /// <summary>Reads what the message leaves open: the duty that was booked, and names of consultants who are new here.</summary>
    protected override async Task PrepareToReceiveAsync(GrainId sender, OutboxMessage message)
    {
        var duty = message.Payload switch
        {
            SessionBooked booked => await GrainFactory.GetGrain<IRosterGrain>(sender.Key.ToString()!).GetAsync(booked.Engagement),
            SessionRescheduled rescheduled => rescheduled.Engagement,
            _ => null,
        };
        if (duty is null) return;
        if (message.Payload is SessionBooked) _duties[duty.Id] = duty;
        foreach (var person in duty.Consultants)
            if (!_names.ContainsKey(person) && await GrainFactory.GetGrain<IConsultantGrain>(person.Value).GetAsync() is { } consultant)
                _names[person] = consultant.Name.En;
    }

    protected override Decision<ConferenceEvent>? Receive(GrainId sender, OutboxMessage message)
    {
        var now = Clock.GetUtcNow();
        return message.Payload switch
        {
            SessionBooked booked => Session(booked.Session) is { } session ? Changed(Booked(session, booked, now), session)
                // It left the programme while the roster was booking it.
                : new(Actor.System, Guid.Empty, [new RosterTasked(ProgrammeMerge.Cancellation(booked.Session, booked.Engagement, booked.Week))]),
            SessionBookingRefused refused => Session(refused.Session) is { Booking: BookingState.Requested } session
                ? Changed(session with { Booking = BookingState.Refused, BookingFindings = refused.Codes }, session) : null,
            SessionRescheduled rescheduled => Session(rescheduled.Session) is { } session
                ? Changed(SessionRules.Follow(Head.Header!, session, rescheduled.Engagement, rescheduled.Week, _names, now), session) : null,
            _ => null,
        };
    }

    private ConferenceSession Booked(ConferenceSession session, SessionBooked booked, DateTimeOffset now) => _duties.Remove(booked.Engagement, out var duty)
        ? SessionRules.Follow(Head.Header!, session, duty, booked.Week, _names, now)
        : session with { Booking = BookingState.Booked, Engagement = booked.Engagement, Week = booked.Week, BookingFindings = [] };

    protected override bool HasOpenWork(ConferenceState state) => !state.Tasks.IsEmpty;

    protected override void OnStored(ConferenceState before, ConferenceState after)
    {
        if (!after.Tasks.IsEmpty) _ = ReconcileAsync();
    }

    /// <summary>Gives rosters the commands that follow from imports, and remembers what they decided.</summary>
    protected override async Task ReconcileAsync()
    {
        if (_telling) return;
        _telling = true;
        try
        {
            while (Stored.Tasks is [var task, ..])
            {
                var reply = await GrainFactory.GetGrain<IRosterGrain>($"{Stored.Header!.Network}/{task.Week}").DecideAsync(Actor.System, task.Command);
                ImmutableArray<string> codes = reply is Refused refused ? [.. refused.Findings.Select(f => f.Code)] : [];
                await CommitAsync(new(Actor.System, Guid.Empty, [new RosterTaskDone(task.Command.CommandId, task.Session, codes)]));
            }
        }
        catch (Exception failure)
        {
            // The reminder comes back to it.
            LogNotTold(failure);
        }
        finally
        {
            _telling = false;
        }
    }

    private ConferenceSession? Session(SessionId id) => Head.Sessions.GetValueOrDefault(id);

    private static Decision<ConferenceEvent>? Changed(ConferenceSession after, ConferenceSession before) =>
        SessionRules.SameContent(after, before) ? null : Changed(Actor.System, Guid.Empty, after);

    private static Decision<ConferenceEvent> Changed(Actor actor, Guid commandId, ConferenceSession session) =>
        new(actor, commandId, [new SessionChanged(session)]) { Subjects = [session.Key] };

    /// <summary>Null where the conference belongs to no network, and so nothing can be booked.</summary>
    private async Task<BookingFacts?> BookingFactsAsync(NetworkId? id, ImmutableArray<ConferenceSession> sessions)
    {
        if (id is not { } networkId || await GrainFactory.GetGrain<INetworkGrain>(networkId.Value).GetAsync() is not { } network) return null;
        var specialties = ImmutableDictionary.CreateBuilder<PersonId, string>();
        foreach (var person in sessions.SelectMany(s => s.Speakers).Select(s => s.Consultant).OfType<PersonId>().Distinct())
            if (await GrainFactory.GetGrain<IConsultantGrain>(person.Value).GetAsync() is { Specialties: [var first, ..] }) specialties[person] = first;
        return new BookingFacts(TimeZoneInfo.FindSystemTimeZoneById(network.TimeZone), specialties.ToImmutable());
    }

    /// <summary>Idempotent; a repeat of the import makes good what a crash prevented.</summary>
    private async Task ListAsync()
    {
        if (Stored.Header is not { } header) return;
        var directory = GrainFactory.GetGrain<IDirectoryGrain>($"{header.Network?.Value ?? "hub"}/conferences");
        await directory.PutAsync([new DirectoryEntry(header.Id.Value, new LocalName(header.Title))]);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A roster could not be told what an import asks of it; the reminder tries again.")]
    private partial void LogNotTold(Exception failure);
}
