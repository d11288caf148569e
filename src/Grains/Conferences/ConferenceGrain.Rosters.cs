using System.Collections.Immutable;
using ConsultHub.Conferences.Releases;
using ConsultHub.Journal;
using ConsultHub.Rostering;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace ConsultHub.Conferences;

/// <summary>
/// The work of a conference with rosters. The conference can ask whether a roster would refuse a new time or room of a session. The
/// conference sends each command again until the roster has decided.
/// </summary>
internal sealed partial class ConferenceGrain
{
    /// <summary>
    /// All waiting commands are sent in at most this many rounds. If a command succeeds in a round, it may have freed a room or a
    /// consultant. The commands that were refused in this round are then sent again in the next round.
    /// </summary>
    private const int MostRounds = 3;

    private readonly HashSet<SessionId> _settled = [];
    private Task _work = Task.CompletedTask;
    private bool _telling,
        _again;

    protected override bool HasOpenWork(ConferenceState state) => !state.Tasks.IsEmpty || state.Settling is not null;

    protected override bool IsTelling(ConferenceState state) => HasOpenWork(state);

    protected override void OnStored(ConferenceState before, ConferenceState after)
    {
        if (HasOpenWork(after))
            _ = ReconcileAsync();
    }

    /// <summary>
    /// Sends rosters the commands that follow from imports and releases, and stores their decisions. When all sessions of a release are
    /// decided, people are told about the release. The task completes when this work is done, also if it was already running.
    /// </summary>
    protected override Task ReconcileAsync()
    {
        _again = true;
        return _telling ? _work : _work = WorkAsync();
    }

    private async Task WorkAsync()
    {
        _telling = true;
        try
        {
            while (_again)
            {
                _again = false;
                await TellRostersAsync();
                await SettleAsync();
            }
        }
        catch (Exception failure)
        {
            // The reminder calls this method again later.
            LogNotTold(failure);
        }
        finally
        {
            _telling = false;
        }
    }

    private async Task TellRostersAsync()
    {
        for (var round = 1; !Stored.Tasks.IsEmpty; round++)
        {
            List<(RosterTask Task, ImmutableArray<string> Codes)> refused = [];
            var madeRoom = false;
            foreach (var task in Stored.Tasks)
            {
                var reply = await RosterOf(task).DecideAsync(Actor.System, task.Command);
                // Somebody else has just moved the engagement. The roster will report the result, and then the command is sent again.
                if (reply is Refused { Findings: var findings } && findings.Any(f => f.Code == RosterCodes.Moving))
                    continue;
                if (reply is Refused { Current: var current } no && (current is null || !RosterRequest.IsDone(task.Command, current)))
                    refused.Add((task, [.. no.Findings.Select(f => f.Code).Distinct()]));
                else
                {
                    madeRoom = true;
                    await CommitAsync(Done(task, [], reply is Decided { Engagement.Moving: not null }));
                }
            }
            if (madeRoom && round < MostRounds && refused.Count > 0)
                continue;
            foreach (var (task, codes) in refused)
                await CommitAsync(Done(task, codes, false));
            return;
        }
    }

    private IRosterGrain RosterOf(RosterTask task)
    {
        var week =
            Stored.Sessions.GetValueOrDefault(task.Session) is { Week: { } now, Engagement: { } engagement }
            && engagement == task.Command.Engagement
                ? now
                : task.Week;
        return RosterOf(week);
    }

    private IRosterGrain RosterOf(Week week) =>
        GrainFactory.GetGrain<IRosterGrain>($"{(Stored.Header is { } header ? header.Network : Stored.DeletedFrom)}/{week}");

    private static Decision<ConferenceEvent> Done(RosterTask task, ImmutableArray<string> codes, bool moving) =>
        new(Actor.System, Guid.Empty, [new RosterTaskDone(task.Command.CommandId, task.Session, codes, moving)]);

    /// <summary>Tells people about a release after the rosters of all its sessions have decided.</summary>
    private async Task SettleAsync()
    {
        if (Stored.Settling is not { } settling)
        {
            _settled.Clear();
            return;
        }
        foreach (var session in settling.Asked.Keys)
        {
            if (_settled.Contains(session))
                continue;
            if (!await IsDecidedAsync(session))
                return;
            _settled.Add(session);
        }
        if (Head.Settling is null)
            return;
        var (settled, outbox) = Settled(Head);
        _settled.Clear(); // the next release may wait for the same sessions
        await CommitAsync(new(new Actor(settling.Release.By, Role.Coordinator), Guid.NewGuid(), [settled]) { Outbox = outbox });
    }

    private async Task<bool> IsDecidedAsync(SessionId id)
    {
        if (Stored.Tasks.Any(t => t.Session == id))
            return false;
        if (Stored.Sessions.GetValueOrDefault(id) is not { } session)
            return true;
        if (session.Booking == BookingState.Requested)
            return false;
        if (session is not { Booking: BookingState.Booked, Engagement: { } engagement, Week: { } week })
            return true;
        // The conference does not know yet whether the engagement has arrived in the other week or was refused there.
        if (Stored.Settling!.Moving.Contains(id) && week == Stored.Settling.BeforeOf(id)?.Week && session.BookingFindings.IsEmpty)
            return false;
        // The roster may have decided already and not yet reported its decision.
        if (await RosterOf(week).GetAsync(engagement) is not { Moving: null } now || Stored.Sessions.GetValueOrDefault(id) is not { } seen)
            return false;
        var follows = SessionRules.Follow(Stored.Header!, seen, now, week, _names, Clock.GetUtcNow());
        return SessionPlace.Of(follows) == SessionPlace.Of(seen)
            && RosterRequest.ConsultantsOf(follows).ToHashSet().SetEquals(RosterRequest.ConsultantsOf(seen));
    }

    private (ReleaseSettled Event, ImmutableArray<OutboxMessage> Outbox) Settled(ConferenceState state)
    {
        var (settled, kept, told) = ReleaseRules.Settle(state);
        return (
            settled,
            [new(0, GrainId.Create("release", $"{Id}/{settled.Number}"), kept), new(0, GrainId.Create("audience", Id.Value), told)]
        );
    }

    /// <summary>
    /// Moves a booked session. The roster decides. The session then gets the values of the engagement in the roster's answer.
    /// </summary>
    private async Task<SessionReply> MoveBookedAsync(Actor actor, ConferenceSession session, MoveSession move)
    {
        var week = session.Week!.Value;
        if (await RosterOf(week).GetAsync(session.Engagement!.Value) is not { } engagement)
            return Refused(SessionCodes.Stale);
        var request = RosterRequest.Move(Stored.Header!, session, engagement, move);
        if (request.Code is { } code)
            return Refused(code);
        if (request.Command is { } command)
            switch (await RosterOf(week).DecideAsync(actor, command))
            {
                case Decided decided:
                    engagement = decided.Engagement;
                    break;
                case Refused refused:
                    return new(refused.Findings[0].Code, refused.Findings[0].Message, session, refused);
                case var other:
                    throw new InvalidOperationException($"A roster does not answer with {other.GetType().Name}.");
            }
        await ReadNamesAsync(engagement);
        engagement = Newest(week, engagement);
        // The roster also reports the change by its outbox. If that report has already arrived, nothing is left to change here.
        if (Head.Sessions.GetValueOrDefault(session.Id) is { } now && now.Engagement == engagement.Id && now.Week == week)
        {
            var follows = Following(now, engagement, week);
            if (request.OwnRoom is { } room)
                follows = SessionRules.Placed(
                    Head.Header!,
                    follows with
                    {
                        Moved = now.Moved,
                    },
                    follows.Start!.Value,
                    follows.Duration,
                    room,
                    Clock.GetUtcNow()
                );
            if (!SessionRules.SameContent(follows, now))
                await CommitAsync(Changed(actor, move.CommandId, follows, now));
        }
        await WhenAllStoredAsync();
        return new(null, null, Stored.Sessions.GetValueOrDefault(session.Id, session));

        SessionReply Refused(Code code) => new(code, code.Message, session);
    }

    private async Task<SessionCheck> CheckBookedAsync(Actor actor, ConferenceSession session, MoveSession move)
    {
        var placed = session with { Start = move.Start, Duration = move.Duration, Room = move.Room };
        var overlaps = SessionRules.Overlaps(placed, Stored.Sessions.Values);
        var roster = RosterOf(session.Week!.Value);
        var request = await roster.GetAsync(session.Engagement!.Value) is { } engagement
            ? RosterRequest.Move(Stored.Header!, session, engagement, move)
            : new(SessionCodes.Stale, null, null);
        if (request.Code is { } code)
            return new([new Finding(code, code.Message!)], [], overlaps);
        return new(request.Command is { } command ? (await roster.CheckAsync(actor, command)).Findings : [], [], overlaps);
    }

    /// <summary>
    /// Finds the reasons for which rosters would refuse a session at a new time or in a new room. Findings that are only warnings are left
    /// out.
    /// </summary>
    private async Task<ImmutableArray<Finding>> TryAsync(Conference header, ConferenceSession? live, ConferenceSession placed)
    {
        if (live is { Booking: BookingState.Requested })
            return [];
        if (live is not { Booking: BookingState.Booked, Cancelled: false, Week: { } week })
        {
            var (booked, request) = SessionRules.Book(header, placed, await BookingFactsAsync(header.Network, [placed]));
            return request is not null
                ? await TryBookingAsync(request)
                : [.. booked.BookingFindings.Select(f => new Finding(f, "The session cannot be booked."))];
        }
        const string reason = "A draft changes the session.";
        var move = RosterRequest.Move(header, live, placed, reason);
        if (move.Code is { } code)
            return [new Finding(code, "The roster of the session cannot make this change.")];
        var findings = ImmutableArray.CreateBuilder<Finding>();
        foreach (var command in new RosterCommand?[] { move.Command, RosterRequest.Assign(live, placed, reason) }.OfType<RosterCommand>())
            findings.AddRange((await RosterOf(week).CheckAsync(Actor.System, command)).Findings.Where(f => !f.Overridable));
        return findings.ToImmutable();
    }

    /// <summary>Finds the reasons for which a roster would refuse to book a session.</summary>
    private async Task<ImmutableArray<Finding>> TryBookingAsync(OutboxMessage request)
    {
        var roster = GrainFactory.GetGrain<IRosterGrain>(request.To.Key.ToString()!);
        var book = (BookSession)request.Payload;
        for (var attempt = 1; ; attempt++)
        {
            var plan = book.AsPlan(attempt);
            if (await roster.GetAsync(plan.Engagement) is not { } known)
            {
                var check = await roster.CheckAsync(Actor.System, plan);
                return check.Allowed ? [] : check.Findings.RemoveAll(f => f.Overridable);
            }
            if (known.TakesTime)
                return [];
        }
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "A command from an import or a release did not reach its roster. The reminder tries again."
    )]
    private partial void LogNotTold(Exception failure);
}
