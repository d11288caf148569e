using System.Collections.Immutable;
using ConsultHub.Conferences.Releases;
using ConsultHub.Journal;

namespace ConsultHub.Conferences;

/// <summary>The commands and queries about a conference's drafts and releases.</summary>
internal sealed partial class ConferenceGrain
{
    private const int LongestNote = 500;

    public async Task<DraftReply> StartDraftAsync(Actor actor, Guid commandId)
    {
        if (await IsDoneAsync(commandId))
            return new();
        if (Head.Header is not { } header)
            return new(ConferenceCodes.Unknown, "There is no such conference.");
        if (header.Withdrawn)
            return new(ConferenceCodes.Withdrawn, ConferenceCodes.Withdrawn.Message);
        if (Head.Draft is not null)
            return new(DraftCodes.Exists, "There is already a draft.");
        var head = new DraftHead
        {
            Conference = header with { Version = 0 },
            StartedAt = Clock.GetUtcNow(),
            StartedBy = actor.Person,
            After = header.Release,
        };
        await CommitAsync(new(actor, commandId, [new DraftStarted(head, DraftRules.Begin(Head))]));
        return new();
    }

    public async Task<DraftReply> EditDraftAsync(Actor actor, EditDraft command)
    {
        if (await IsDoneAsync(command.CommandId))
            return new(Session: command.Session is { } same ? Stored.Draft?.Sessions.GetValueOrDefault(same) : null);
        var (code, message, session) = DraftRules.Edit(Head, command);
        if (code is not null)
            return new(code, message, command.Session is { } refused ? Head.Draft?.Sessions.GetValueOrDefault(refused) : null);
        var version = await CommitAsync(
            new(
                actor,
                command.CommandId,
                [new DraftEdited(null, session is null ? [] : [session], session is null ? [command.Session!.Value] : [])]
            )
        );
        return new(Session: session is null ? null : new DraftSession { Session = session, Version = version });
    }

    public async Task<SessionCheck?> CheckDraftAsync(
        SessionId? session,
        DateTimeOffset start,
        TimeSpan duration,
        string room,
        ImmutableArray<Speaker> speakers
    )
    {
        if (Stored.Draft is not { } draft)
            return null;
        var known = session is { } id ? draft.Sessions.GetValueOrDefault(id)?.Session : null;
        var placed = (known ?? new ConferenceSession { Id = session ?? default, Title = "A new session" }) with
        {
            Start = start.ToUniversalTime(),
            Duration = duration,
            Room = room,
            Speakers = speakers,
            Cancelled = false,
        };
        var overlaps = SessionRules.Overlaps(placed, draft.Sessions.Values.Select(s => s.Session));
        return new SessionCheck([], await TryAsync(draft.Head.Conference, Stored.Sessions.GetValueOrDefault(placed.Id), placed), overlaps);
    }

    public Task<ImmutableArray<SessionDifference>?> DraftChangesAsync() =>
        Task.FromResult<ImmutableArray<SessionDifference>?>(
            Stored is { Header: { } header, Draft: { } draft }
                ? ReleaseDiff.Between(
                    new(header, [.. Stored.Sessions.Values], []),
                    new(draft.Head.Conference, DraftRules.Ready(Stored), [])
                )
                : null
        );

    public async Task<DraftReply> DropDraftAsync(Actor actor, Guid commandId)
    {
        if (await IsDoneAsync(commandId))
            return new();
        if (Head.Draft is null)
            return new(DraftCodes.None, "There is no draft.");
        await CommitAsync(new(actor, commandId, [new DraftEnded()]));
        return new();
    }

    public Task<Programme?> ReadDraftAsync() =>
        Task.FromResult(
            Stored.Draft is { } draft ? new Programme(draft.Head.Conference, [.. draft.Sessions.Values.Select(s => s.Session)], []) : null
        );

    public async Task<DraftReply> PublishAsync(Actor actor, Guid commandId, string? note)
    {
        var facts = Head.Draft is { } before
            ? await BookingFactsAsync(Head.Header?.Network, [.. before.Sessions.Values.Select(s => s.Session)])
            : null;
        if (await IsDoneAsync(commandId))
            return new(Release: Stored.Releases.LastOrDefault());
        if (Head.Draft is not { } draft)
            return new(DraftCodes.None, "There is no draft.");
        if (note?.Length > LongestNote)
            return new(DraftCodes.BadNote, $"A note can have at most {LongestNote} characters.");
        var ready = DraftRules.Ready(Head);
        if (ReleaseRules.IsTooEarly(Head, ready))
            return new(DraftCodes.Settling, "Rosters are still deciding about sessions of this programme. Try again in a moment.");
        var now = Clock.GetUtcNow();
        var (imported, outbox) = ProgrammeMerge.Merge(Head, Id, new Programme(draft.Head.Conference, ready, []), facts, now, own: true);
        var waiting = ReleaseRules.Waiting(imported);
        var release = new Release(Head.Releases.Length + 1, now, actor.Person, ready.Length, note, Settling: waiting.Length > 0);
        ImmutableArray<ConferenceEvent> events = [new Released(release, waiting), imported, new DraftEnded()];
        if (waiting.IsEmpty)
        {
            var after = Head.Apply(new JournalEntry<ConferenceEvent>(StoredVersion, now, actor, commandId, events, [], null, [], null));
            var (settled, told) = Settled(after);
            (events, outbox, release) = (events.Add(settled), outbox.AddRange(told), release with { Refused = settled.Refused });
        }
        await CommitAsync(new(actor, commandId, events) { Outbox = outbox });
        await ListAsync();
        return new(Release: release);
    }

    public Task<ImmutableArray<Release>> ReleasesAsync() => Task.FromResult(Stored.Releases);

    public async Task<bool> SetPublicAsync(Actor actor, bool isPublic)
    {
        if (Head.Header is not { } header)
            return false;
        if (header.Public != isPublic)
            await CommitAsync(new(actor, Guid.NewGuid(), [new PublicSet(isPublic)]));
        else
            await WhenAllStoredAsync();
        return true;
    }

    public async Task<bool> SetRegistrationAsync(Actor actor, RegistrationTerms terms)
    {
        if (Head.Header is not { } header)
            return false;
        if (new RegistrationTerms(header.SelfRegistration, header.RegistrationUntil, header.MostRegistrations) != terms)
            await CommitAsync(new(actor, Guid.NewGuid(), [new SelfRegistrationSet(terms.Open, terms.Until, terms.Most)]));
        else
            await WhenAllStoredAsync();
        return true;
    }

    public async Task<RegistrationState> TakeRegistrationAsync(PersonId person, bool ofNetwork)
    {
        var state = Head.Header?.RegistrationAt(Clock.GetUtcNow(), ofNetwork) ?? RegistrationState.Closed;
        var has = Head.Registered.Contains(person);
        if (state == RegistrationState.Open && !has)
            await CommitAsync(new(Actor.System, Guid.NewGuid(), [new RegistrationSet(person, true)]));
        else
            await WhenAllStoredAsync();
        return state == RegistrationState.Full && has ? RegistrationState.Open : state;
    }

    public Task GiveRegistrationBackAsync(PersonId person) =>
        Head.Registered.Contains(person)
            ? CommitAsync(new(Actor.System, Guid.NewGuid(), [new RegistrationSet(person, false)]))
            : WhenAllStoredAsync();

    private async Task<bool> IsDoneAsync(Guid commandId)
    {
        if (!IsRepeat(commandId, out var version))
            return false;
        await WhenStoredAsync(version);
        return true;
    }
}
