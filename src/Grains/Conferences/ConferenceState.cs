using System.Collections.Immutable;
using ConsultHub.Conferences.Releases;
using ConsultHub.Journal;
using ConsultHub.Live;

namespace ConsultHub.Conferences;

/// <summary>What coordinators work on. Its sessions carry no versions of their own: the items around them do.</summary>
[GenerateSerializer, Immutable, Alias("hub.ConferenceDraft")]
internal sealed record ConferenceDraft([property: Id(0)] DraftHead Head, [property: Id(1)] ImmutableDictionary<SessionId, DraftSession> Sessions);

/// <summary>A conference with its sessions, as its journal gives it.</summary>
[GenerateSerializer, Immutable, Alias("hub.ConferenceState")]
internal sealed record ConferenceState : IAuthorityState<ConferenceState, ConferenceEvent>
{
    private const int MostTombstones = 4_000;

    /// <summary>Null until the first import.</summary>
    [Id(0)] public Conference? Header { get; init; }
    [Id(1)] public ImmutableDictionary<SessionId, ConferenceSession> Sessions { get; init; } = ImmutableDictionary<SessionId, ConferenceSession>.Empty;

    /// <summary>Sessions that left, oldest first.</summary>
    [Id(2)] public ImmutableArray<Tombstone> Tombstones { get; init; } = [];

    /// <summary>Tombstones up to this version are gone.</summary>
    [Id(3)] public long Forgotten { get; init; }

    /// <summary>Where the file puts sessions that have been moved since.</summary>
    [Id(4)] public ImmutableDictionary<SessionId, SessionPlace> FilePlaces { get; init; } = ImmutableDictionary<SessionId, SessionPlace>.Empty;
    [Id(5)] public ImmutableArray<RosterTask> Tasks { get; init; } = [];

    /// <summary>What the last import did, for a repeat of its command.</summary>
    [Id(6)] public ImportOutcome? LastImport { get; init; }

    [Id(7)] public ConferenceDraft? Draft { get; init; }

    /// <summary>Oldest first.</summary>
    [Id(8)] public ImmutableArray<Release> Releases { get; init; } = [];

    public ConferenceState Apply(JournalEntry<ConferenceEvent> entry)
    {
        var state = this;
        foreach (var e in entry.Events) state = state.Apply(e, entry.Version);
        return state;
    }

    public IEnumerable<TopicItem> ItemsSince(long version)
    {
        if (Header is { } header && header.Version > version) yield return header;
        foreach (var session in Sessions.Values)
            if (session.Version > version) yield return session;
        if (Draft is null) yield break;
        if (Draft.Head.Version > version) yield return Draft.Head;
        foreach (var session in Draft.Sessions.Values)
            if (session.Version > version) yield return session;
    }

    public IEnumerable<Tombstone>? RemovedSince(long version) => version < Forgotten ? null : Tombstones.Where(t => t.Version > version);

    private ConferenceState Apply(ConferenceEvent e, long version) => e switch
    {
        ProgrammeImported imported => Apply(imported, version),
        SessionChanged changed => Moved(changed.Session, version),
        RosterTasked tasked => this with { Tasks = Tasks.Add(tasked.Task) },
        RosterTaskDone done => Apply(done, version),
        DraftStarted started => (this with
        {
            Draft = new(started.Head with { Version = version }, started.Sessions.ToImmutableDictionary(s => s.Id, s => new DraftSession { Session = s, Version = version })),
            Tombstones = Tombstones.RemoveAll(t => t.Key.StartsWith("draft", StringComparison.Ordinal)),
        }).WithHeader(h => h with { HasDraft = true }, version),
        DraftEdited edited when Draft is not null => Apply(edited, version),
        DraftEnded when Draft is { } draft => (this with { Draft = null }).Without([draft.Head.Key, .. draft.Sessions.Values.Select(s => s.Key)], version).WithHeader(h => h with { HasDraft = false }, version),
        Released released => (this with { Releases = Releases.Add(released.Release) }).WithHeader(h => h with { Release = released.Release.Number }, version),
        PublicSet set => WithHeader(h => h with { Public = set.Public }, version),
        _ => this,
    };

    private ConferenceState WithHeader(Func<Conference, Conference> change, long version) => Header is null ? this : this with { Header = change(Header) with { Version = version } };

    private ConferenceState Apply(DraftEdited edited, long version)
    {
        var draft = Draft! with
        {
            Head = edited.Header is null ? Draft.Head : Draft.Head with { Conference = edited.Header, Version = version },
            Sessions = Draft.Sessions.RemoveRange(edited.Removed).SetItems(edited.Sessions.Select(s => KeyValuePair.Create(s.Id, new DraftSession { Session = s, Version = version }))),
        };
        var back = edited.Sessions.Select(s => $"draft/{s.Id}").ToHashSet();
        return (this with { Draft = draft, LastImport = edited.Import is null ? LastImport : edited.Import with { Version = version }, Tombstones = Tombstones.RemoveAll(t => back.Contains(t.Key)) })
            .Without([.. edited.Removed.Select(id => $"draft/{id}")], version);
    }

    /// <summary>With tombstones; beyond the bound the oldest are forgotten.</summary>
    private ConferenceState Without(ImmutableArray<string> keys, long version)
    {
        var tombstones = Tombstones.AddRange(keys.Select(key => new Tombstone(key, version)));
        var tooMany = Math.Max(0, tombstones.Length - MostTombstones);
        return this with { Tombstones = tombstones[tooMany..], Forgotten = tooMany > 0 ? tombstones[tooMany - 1].Version : Forgotten };
    }

    private ConferenceState Apply(ProgrammeImported imported, long version)
    {
        var sessions = Sessions.ToBuilder();
        var places = FilePlaces.ToBuilder();
        foreach (var session in imported.Sessions) sessions[session.Id] = session with { Version = version };
        foreach (var id in imported.Removed)
        {
            sessions.Remove(id);
            places.Remove(id);
        }
        foreach (var (session, place) in imported.Places.Select(p => (p.Session, p.Place)))
            if (place is null) places.Remove(session);
            else places[session] = place;
        var back = imported.Sessions.Select(s => s.Key).ToHashSet();
        return (this with
        {
            Header = imported.Header is null ? Header : imported.Header with { Version = version },
            Sessions = sessions.ToImmutable(),
            FilePlaces = places.ToImmutable(),
            Tasks = Tasks.AddRange(imported.Tasks),
            Tombstones = Tombstones.RemoveAll(t => back.Contains(t.Key)),
            LastImport = imported.Outcome with { Version = version },
        }).Without([.. imported.Removed.Select(id => $"session/{id}")], version);
    }

    /// <summary>The place that the file gave is remembered at the first move away from it.</summary>
    private ConferenceState Moved(ConferenceSession session, long version)
    {
        var from = Sessions.GetValueOrDefault(session.Id);
        var moved = from is not null && !FilePlaces.ContainsKey(session.Id) && SessionPlace.Of(from) != SessionPlace.Of(session);
        return this with
        {
            Sessions = Sessions.SetItem(session.Id, session with { Version = version }),
            FilePlaces = moved ? FilePlaces.SetItem(session.Id, SessionPlace.Of(from!)) : FilePlaces,
        };
    }

    private ConferenceState Apply(RosterTaskDone done, long version)
    {
        var state = this with { Tasks = Tasks.RemoveAll(t => t.Command.CommandId == done.CommandId) };
        return done.Codes.IsEmpty || Sessions.GetValueOrDefault(done.Session) is not { } session ? state
            : state with { Sessions = Sessions.SetItem(done.Session, session with { BookingFindings = done.Codes, Version = version }) };
    }
}
