using System.Collections.Immutable;
using ConsultHub.Conferences.Audience;
using ConsultHub.Conferences.Releases;
using ConsultHub.Journal;
using Orleans.Runtime;

namespace ConsultHub.Conferences;

/// <summary>Drafts and releases of a conference.</summary>
internal sealed partial class ConferenceGrain
{
    private const int LongestNote = 500;

    public async Task<DraftReply> StartDraftAsync(Actor actor, Guid commandId)
    {
        if (await IsDoneAsync(commandId)) return new();
        if (Head.Header is not { } header) return new("conference.unknown", "There is no such conference.");
        if (Head.Draft is not null) return new("draft.exists", "There is a draft already.");
        var head = new DraftHead { Conference = header with { Version = 0 }, StartedAt = Clock.GetUtcNow(), StartedBy = actor.Person, After = header.Release };
        await CommitAsync(new(actor, commandId, [new DraftStarted(head, DraftRules.Begin(Head))]));
        return new();
    }

    public async Task<DraftReply> EditDraftAsync(Actor actor, EditDraft command)
    {
        if (await IsDoneAsync(command.CommandId)) return new(Session: command.Session is { } same ? Stored.Draft?.Sessions.GetValueOrDefault(same) : null);
        var (code, message, session) = DraftRules.Edit(Head, command);
        if (code is not null) return new(code, message, command.Session is { } refused ? Head.Draft?.Sessions.GetValueOrDefault(refused) : null);
        var version = await CommitAsync(new(actor, command.CommandId, [new DraftEdited(null, session is null ? [] : [session], session is null ? [command.Session!.Value] : [])]));
        return new(Session: session is null ? null : new DraftSession { Session = session, Version = version });
    }

    public Task<SessionCheck?> CheckDraftAsync(SessionId? session, DateTimeOffset start, TimeSpan duration, string room, ImmutableArray<Speaker> speakers)
    {
        var placed = new ConferenceSession { Id = session ?? default, Title = "", Start = start, Duration = duration, Room = room, Speakers = speakers };
        return Task.FromResult(Stored.Draft is { } draft ? new SessionCheck([], [], SessionRules.Overlaps(placed, draft.Sessions.Values.Select(s => s.Session))) : null);
    }

    public async Task<DraftReply> DropDraftAsync(Actor actor, Guid commandId)
    {
        if (await IsDoneAsync(commandId)) return new();
        if (Head.Draft is null) return new("draft.none", "There is no draft.");
        await CommitAsync(new(actor, commandId, [new DraftEnded()]));
        return new();
    }

    public Task<Programme?> ReadDraftAsync() =>
        Task.FromResult(Stored.Draft is { } draft ? new Programme(draft.Head.Conference, [.. draft.Sessions.Values.Select(s => s.Session)], []) : null);

    public async Task<DraftReply> PublishAsync(Actor actor, Guid commandId, string? note)
    {
        var facts = Head.Draft is { } before ? await BookingFactsAsync(Head.Header?.Network, [.. before.Sessions.Values.Select(s => s.Session)]) : null;
        if (await IsDoneAsync(commandId)) return new(Release: Stored.Releases.LastOrDefault());
        if (Head.Draft is not { } draft) return new("draft.none", "There is no draft.");
        if (note?.Length > LongestNote) return new("draft.bad-note", $"A note has at most {LongestNote} characters.");
        var now = Clock.GetUtcNow();
        var programme = new Programme(draft.Head.Conference, [.. draft.Sessions.Values.Select(s => s.Session).OrderBy(s => s.Id.Value, StringComparer.Ordinal)], []);
        var (imported, outbox) = ProgrammeMerge.Merge(Head, Id, programme, facts, now, own: true);
        var release = new Release(Head.Releases.Length + 1, now, actor.Person, programme.Sessions.Length, note);
        var seen = ReleaseDiff.Between(Head.Sessions.Values, programme.Sessions).Where(d => d.Concerns || d.Changes.Contains(SessionChange.Speakers) || d.Changes.Contains(SessionChange.Added));
        var told = new ReleaseTold(Id, programme.Conference.Title, programme.Conference.TimeZone, release.Number, actor.Person, [.. seen]);
        await CommitAsync(new(actor, commandId, [imported, new Released(release), new DraftEnded()])
        {
            Outbox = [.. outbox, new(0, GrainId.Create("release", $"{Id}/{release.Number}"), new KeepRelease(release, programme)), new(0, GrainId.Create("audience", Id.Value), told)],
        });
        await ListAsync();
        return new(Release: release);
    }

    public Task<ImmutableArray<Release>> ReleasesAsync() => Task.FromResult(Stored.Releases);

    public async Task<bool> SetPublicAsync(Actor actor, bool isPublic)
    {
        if (Head.Header is not { } header) return false;
        if (header.Public != isPublic) await CommitAsync(new(actor, Guid.NewGuid(), [new PublicSet(isPublic)]));
        else await WhenAllStoredAsync();
        return true;
    }

    private async Task<bool> IsDoneAsync(Guid commandId)
    {
        if (!IsRepeat(commandId, out var version)) return false;
        await WhenStoredAsync(version);
        return true;
    }
}
