using System.Collections.Immutable;
using ConsultHub.Conferences.Releases;
using ConsultHub.Journal;
using ConsultHub.Live;

namespace ConsultHub.Conferences;

/// <summary>
/// A draft of the next release. Its sessions have no versions of their own. The <see cref="DraftSession"/> items that contain them have
/// versions.
/// </summary>
/// <param name="Base">The programme when the draft was begun. Null if an older version of the software began the draft.</param>
[GenerateSerializer, Immutable, Alias("hub.ConferenceDraft")]
internal sealed record ConferenceDraft(
    [property: Id(0)] DraftHead Head,
    [property: Id(1)] ImmutableDictionary<SessionId, DraftSession> Sessions,
    [property: Id(2)] ImmutableDictionary<SessionId, ConferenceSession>? Base = null
);

/// <summary>A release that rosters are still deciding about.</summary>
/// <param name="Before">The programme just before the release was published.</param>
/// <param name="Base">The programme when the release's draft was begun.</param>
/// <param name="Asked">The sessions that the release waits for, with the values that the release gives them.</param>
/// <param name="Moving">Sessions whose engagements are being handed over to another week.</param>
[GenerateSerializer, Immutable, Alias("hub.SettlingRelease")]
internal sealed record SettlingRelease(
    [property: Id(0)] Release Release,
    [property: Id(1)] Programme Before,
    [property: Id(2)] Programme Base,
    [property: Id(3)] ImmutableDictionary<SessionId, ConferenceSession> Asked,
    [property: Id(4)] ImmutableHashSet<SessionId> Moving
)
{
    /// <summary>Returns the session as it was before publication. Null if the session is new or the release does not wait for it.</summary>
    public ConferenceSession? BeforeOf(SessionId session) =>
        Asked.ContainsKey(session) ? Before.Sessions.FirstOrDefault(s => s.Id == session) : null;
}

/// <summary>A conference with its sessions, its draft and its releases. It is computed from the journal's entries.</summary>
[GenerateSerializer, Immutable, Alias("hub.ConferenceState")]
internal sealed record ConferenceState : IAuthorityState<ConferenceState, ConferenceEvent>
{
    private const int MostTombstones = 4_000;

    /// <summary>Null until the first import.</summary>
    [Id(0)]
    public Conference? Header { get; init; }

    [Id(1)]
    public ImmutableDictionary<SessionId, ConferenceSession> Sessions { get; init; } =
        ImmutableDictionary<SessionId, ConferenceSession>.Empty;

    /// <summary>Tombstones of sessions that left the programme or the draft, and of a draft that ended.</summary>
    [Id(2)]
    public ImmutableArray<Tombstone> KeptTombstones { get; init; } = [];

    /// <summary>Tombstones up to this version may have been deleted.</summary>
    [Id(3)]
    public long ForgottenUpTo { get; init; }

    /// <summary>
    /// The times and rooms that the last import or publication gives, for sessions that may now be at another time or in another room. If a
    /// session is not here, its current time and room count as those of the file.
    /// </summary>
    [Id(4)]
    public ImmutableDictionary<SessionId, SessionPlace> FilePlaces { get; init; } = ImmutableDictionary<SessionId, SessionPlace>.Empty;

    [Id(5)]
    public ImmutableArray<RosterTask> Tasks { get; init; } = [];

    /// <summary>The result of the last import or publication. If the command of this import is repeated, this is the answer.</summary>
    [Id(6)]
    public ImportOutcome? LastImport { get; init; }

    [Id(7)]
    public ConferenceDraft? Draft { get; init; }

    /// <summary>Oldest first.</summary>
    [Id(8)]
    public ImmutableArray<Release> Releases { get; init; } = [];

    /// <summary>The newest release while rosters are deciding about it, otherwise null.</summary>
    [Id(9)]
    public SettlingRelease? Settling { get; init; }

    /// <summary>
    /// The new starts of booked sessions after the conference's time zone was corrected. The sessions keep their local time. Rosters are
    /// asked to use these starts.
    /// </summary>
    [Id(10)]
    public ImmutableDictionary<SessionId, DateTimeOffset> Corrections { get; init; } = ImmutableDictionary<SessionId, DateTimeOffset>.Empty;

    /// <summary>The people who have registered themselves. Each takes one place.</summary>
    [Id(11)]
    public ImmutableHashSet<PersonId> Registered { get; init; } = [];

    /// <summary>
    /// The network of the conference before it was deleted. Its rosters still get commands. A conference with the same id can be created
    /// again only there, because web nodes remember to which network an id belongs. Null if the conference was never deleted.
    /// </summary>
    [Id(12)]
    public NetworkId? DeletedFrom { get; init; }

    public ConferenceState Apply(JournalEntry<ConferenceEvent> entry)
    {
        var state = this;
        foreach (var e in entry.Events)
            state = state.Apply(e, entry.Version);
        return state;
    }

    public IEnumerable<TopicItem> ItemsSince(long version)
    {
        if (Header is { } header && header.Version > version)
            yield return header;
        foreach (var session in Sessions.Values)
            if (session.Version > version)
                yield return session;
        if (Draft is null)
            yield break;
        if (Draft.Head.Version > version)
            yield return Draft.Head;
        foreach (var session in Draft.Sessions.Values)
            if (session.Version > version)
                yield return session;
    }

    public Tombstones Tombstones => new(KeptTombstones, ForgottenUpTo);

    private ConferenceState With(Tombstones tombstones) => this with { KeptTombstones = tombstones.Kept, ForgottenUpTo = tombstones.From };

    private ConferenceState Apply(ConferenceEvent e, long version) =>
        e switch
        {
            ProgrammeImported imported => Apply(imported, version),
            SessionChanged changed => Moved(changed.Session, version).Arrived(changed.Session.Id),
            RosterTasked tasked => this with { Tasks = Tasks.Add(tasked.Task) },
            RosterTaskDone done => Apply(done, version),
            DraftStarted started => (
                With(Tombstones.Without(started.Sessions.Select(s => $"draft/{s.Id}").Append("draft").ToHashSet())) with
                {
                    Draft = new(
                        started.Head with
                        {
                            Version = version,
                        },
                        started.Sessions.ToImmutableDictionary(s => s.Id, s => new DraftSession { Session = s, Version = version }),
                        started.Sessions.ToImmutableDictionary(s => s.Id)
                    ),
                }
            ).WithHeader(h => h with { HasDraft = true }, version),
            DraftEdited edited when Draft is not null => Apply(edited, version),
            DraftEnded when Draft is { } draft => (this with { Draft = null })
                .Without([draft.Head.Key, .. draft.Sessions.Values.Select(s => s.Key)], version)
                .WithHeader(h => h with { HasDraft = false }, version),
            Released released => (
                this with
                {
                    Releases = Releases.Add(released.Release),
                    Settling = released.Waiting.IsDefault ? null : SettlingOf(released),
                }
            ).WithHeader(h => h with { Release = released.Release.Number }, version),
            ReleaseSettled settled => (
                this with
                {
                    Settling = null,
                    Releases =
                    [
                        .. Releases.Select(r => r.Number == settled.Number ? r with { Settling = false, Refused = settled.Refused } : r),
                    ],
                }
            ).WithHeader(h => h, version),
            PublicSet set => WithHeader(h => h with { Public = set.Public }, version),
            SelfRegistrationSet set => WithHeader(
                h => h with { SelfRegistration = set.Open, RegistrationUntil = set.Until, MostRegistrations = set.Most },
                version
            ),
            ConferenceDeleted deleted when Header is { } header => (
                new ConferenceState
                {
                    Tasks = Tasks.AddRange(deleted.Tasks),
                    KeptTombstones = KeptTombstones,
                    ForgottenUpTo = ForgottenUpTo,
                    DeletedFrom = header.Network,
                }
            ).Without(
                [
                    header.Key,
                    .. Sessions.Values.Select(s => s.Key),
                    .. Draft is null ? [] : Draft.Sessions.Values.Select(s => s.Key).Append(Draft.Head.Key),
                ],
                version
            ),
            RegistrationSet set => WithRegistered(set.Taken ? Registered.Add(set.Person) : Registered.Remove(set.Person), version),
            _ => this,
        };

    private ConferenceState WithRegistered(ImmutableHashSet<PersonId> registered, long version) =>
        (this with { Registered = registered }).WithHeader(h => h with { Registered = registered.Count }, version);

    private ConferenceState WithHeader(Func<Conference, Conference> change, long version) =>
        Header is null ? this : this with { Header = change(Header) with { Version = version } };

    private SettlingRelease? SettlingOf(Released released)
    {
        if (Draft is null || Header is null)
            return null;
        var asked = DraftRules.Ready(this).Where(s => released.Waiting.Contains(s.Id)).ToImmutableDictionary(s => s.Id);
        var before = new Programme(Header, [.. Sessions.Values], []);
        return new(released.Release, before, before with { Sessions = [.. (Draft.Base ?? Sessions).Values] }, asked, []);
    }

    /// <summary>Stops waiting for a session's move to another week, because the session has changed.</summary>
    private ConferenceState Arrived(SessionId session) =>
        Settling is { } settling && settling.Moving.Contains(session)
            ? this with
            {
                Settling = settling with { Moving = settling.Moving.Remove(session) },
            }
            : this;

    private ConferenceState Apply(DraftEdited edited, long version)
    {
        var draft = Draft! with
        {
            Head = edited.Header is null ? Draft.Head : Draft.Head with { Conference = edited.Header, Version = version },
            Sessions = Draft
                .Sessions.RemoveRange(edited.Removed)
                .SetItems(edited.Sessions.Select(s => KeyValuePair.Create(s.Id, new DraftSession { Session = s, Version = version }))),
        };
        var back = edited.Sessions.Select(s => $"draft/{s.Id}").ToHashSet();
        return (
            With(Tombstones.Without(back)) with
            {
                Draft = draft,
                LastImport = edited.Import is null ? LastImport : edited.Import with { Version = version },
            }
        ).Without([.. edited.Removed.Select(id => $"draft/{id}")], version);
    }

    /// <summary>Adds tombstones. When there are more than <see cref="MostTombstones"/>, the oldest are deleted.</summary>
    private ConferenceState Without(ImmutableArray<string> keys, long version) => With(Tombstones.With(keys, version, MostTombstones));

    private ConferenceState Apply(ProgrammeImported imported, long version)
    {
        var sessions = Sessions.ToBuilder();
        var places = FilePlaces.ToBuilder();
        foreach (var session in imported.Sessions)
            sessions[session.Id] = session with { Version = version };
        foreach (var id in imported.Removed)
        {
            sessions.Remove(id);
            places.Remove(id);
        }
        foreach (var (session, place) in imported.Places.Select(p => (p.Session, p.Place)))
            if (place is null)
                places.Remove(session);
            else
                places[session] = place;
        var back = imported.Sessions.Select(s => s.Key).Concat(imported.Header is { } header ? [header.Key] : []).ToHashSet();
        return (
            With(Tombstones.Without(back)) with
            {
                Header = imported.Header is null ? Header : imported.Header with { Version = version },
                Sessions = sessions.ToImmutable(),
                FilePlaces = places.ToImmutable(),
                Tasks = Tasks.AddRange(imported.Tasks),
                Corrections = Corrections
                    .RemoveRange(imported.Removed)
                    .SetItems(imported.Corrections ?? ImmutableDictionary<SessionId, DateTimeOffset>.Empty),
                LastImport = imported.Outcome with { Version = version },
            }
        ).Without([.. imported.Removed.Select(id => $"session/{id}")], version);
    }

    /// <summary>
    /// Stores a changed session. If the session leaves the time and room that the file gives, that time and room are stored too.
    /// </summary>
    private ConferenceState Moved(ConferenceSession session, long version)
    {
        var from = Sessions.GetValueOrDefault(session.Id);
        var moved = from is not null && !FilePlaces.ContainsKey(session.Id) && SessionPlace.Of(from) != SessionPlace.Of(session);
        return this with
        {
            Sessions = Sessions.SetItem(session.Id, session with { Version = version }),
            Corrections =
                Corrections.TryGetValue(session.Id, out var corrected) && corrected == session.Start
                    ? Corrections.Remove(session.Id)
                    : Corrections,
            FilePlaces = moved ? FilePlaces.SetItem(session.Id, SessionPlace.Of(from!)) : FilePlaces,
        };
    }

    private ConferenceState Apply(RosterTaskDone done, long version)
    {
        var state = this with { Tasks = Tasks.RemoveAll(t => t.Command.CommandId == done.CommandId) };
        if (done.Moving && state.Settling is { } settling && settling.Asked.ContainsKey(done.Session))
            state = state with { Settling = settling with { Moving = settling.Moving.Add(done.Session) } };
        if (!done.Codes.IsEmpty)
            state = state with { Corrections = Corrections.Remove(done.Session) };
        return done.Codes.IsEmpty || Sessions.GetValueOrDefault(done.Session) is not { } session
            ? state
            : state with
            {
                Sessions = Sessions.SetItem(done.Session, session with { BookingFindings = done.Codes, Version = version }),
            };
    }
}
