using ConsultHub.Conferences;
using ConsultHub.Conferences.Audience;
using ConsultHub.Conferences.Releases;
using ConsultHub.Inboxes;
using ConsultHub.Live;

namespace ConsultHub.Tests.BusyHour;

/// <summary>
/// The state just before a release is published. It is compared with the release, the programme and the alerts after the publication.
/// </summary>
/// <param name="Promised">The changes that the draft shows.</param>
/// <param name="Own">The sessions that each attendee wants to attend.</param>
internal sealed record Publication(
    IReadOnlyDictionary<SessionId, ConferenceSession> Programme,
    IReadOnlyList<SessionDifference> Promised,
    IReadOnlyDictionary<PersonId, HashSet<SessionId>> Own
)
{
    public static async Task<Publication> BeforeAsync(BusyHourRun run)
    {
        var (world, api) = (run.World, $"api/conferences/{run.World.Conference}");
        Dictionary<PersonId, HashSet<SessionId>> own = [];
        foreach (var person in world.Attendees)
            own[person] =
            [
                .. await run.GetAsync<SessionId[]>(person, $"{api}/favourites"),
                .. (await run.GetAsync<OwnPlace[]>(person, $"{api}/places"))
                    .Where(p => p.Registered || p.WaitingAt is not null)
                    .Select(p => p.Session),
            ];
        using var changes = await run.Browser(world.Coordinators[0]).GetAsync($"{api}/draft/changes");
        var promised = changes.IsSuccessStatusCode
            ? await run.GetAsync<List<SessionDifference>>(world.Coordinators[0], $"{api}/draft/changes")
            : [];
        return new(await ProgrammeAsync(run), promised, own);
    }

    private static async Task<IReadOnlyDictionary<SessionId, ConferenceSession>> ProgrammeAsync(BusyHourRun run) =>
        (await run.TopicAsync(run.World.Coordinators[0], $"conference/{run.World.Conference}"))
            .Items.OfType<ConferenceSession>()
            .ToDictionary(s => s.Id);

    public async Task<IReadOnlyList<Contradiction>> AskAsync(BusyHourRun run)
    {
        var (coordinator, api) = (run.World.Coordinators[0], $"api/conferences/{run.World.Conference}");
        var number = (await run.GetAsync<List<Release>>(coordinator, $"{api}/releases"))[^1].Number;
        var release = await run.GetAsync<Programme>(coordinator, $"{api}/releases/{number}");
        var shown = await run.GetAsync<List<SessionDifference>>(coordinator, $"{api}/releases/{number}/changes");
        var now = await ProgrammeAsync(run);
        var happened = Programme
            .Keys.Union(now.Keys)
            .ToDictionary(id => id, id => Changes(Programme.GetValueOrDefault(id), now.GetValueOrDefault(id)));
        var inboxes = new Dictionary<PersonId, List<Alert>>();
        foreach (var person in run.World.Attendees)
            inboxes[person] = await run.GetAsync<List<Alert>>(person, $"api/inboxes/{person}/alerts");
        return
        [
            .. Agreements
                .Disagree(release.Sessions, now.Values, run.Touched)
                .Select(w => new Contradiction("Release and programme, just published", w)),
            .. Unpromised(happened).Select(w => new Contradiction("Changes in the draft and changes in the programme", w)),
            .. Unkept(happened, shown).Select(w => new Contradiction("Changes in the draft and changes in the programme", w)),
            .. Difference(shown, happened, run.Touched)
                .Select(w => new Contradiction("Changes in the release and changes in the programme", w)),
            .. NotTold(happened, inboxes, number).Select(w => new Contradiction("Changes in the release and the people who are told", w)),
        ];
    }

    /// <summary>The changes of a session, computed without the hub's rule for them.</summary>
    private static HashSet<SessionChange> Changes(ConferenceSession? before, ConferenceSession? after)
    {
        if (before is null)
            return [SessionChange.Added];
        if (after is null)
            return [SessionChange.Removed];
        HashSet<SessionChange> changes = [];
        if (before.Cancelled != after.Cancelled)
            changes.Add(after.Cancelled ? SessionChange.Cancelled : SessionChange.Restored);
        if ((before.Start, before.Duration) != (after.Start, after.Duration))
            changes.Add(SessionChange.Time);
        if (before.Room != after.Room)
            changes.Add(SessionChange.Room);
        if (before.Title != after.Title)
            changes.Add(SessionChange.Title);
        return changes;
    }

    /// <summary>The changes in a difference that <see cref="Changes"/> also knows.</summary>
    private static HashSet<SessionChange> Shown(SessionDifference? difference) =>
        [
            .. (difference?.Changes ?? []).Where(c =>
                c
                    is SessionChange.Added
                        or SessionChange.Removed
                        or SessionChange.Cancelled
                        or SessionChange.Restored
                        or SessionChange.Time
                        or SessionChange.Room
                        or SessionChange.Title
            ),
        ];

    /// <summary>Publishing changes only what the draft showed.</summary>
    private IEnumerable<string> Unpromised(Dictionary<SessionId, HashSet<SessionChange>> happened)
    {
        var promised = Promised.ToDictionary(d => d.Session);
        foreach (var (id, changes) in happened)
        {
            var more = changes.Except(Shown(promised.GetValueOrDefault(id))).ToList();
            if (more.Count > 0)
                yield return $"Publishing changed {id} in ({string.Join(", ", more)}), which the draft did not show.";
        }
    }

    /// <summary>Publishing changes everything that the draft showed, unless a roster refused it.</summary>
    private IEnumerable<string> Unkept(Dictionary<SessionId, HashSet<SessionChange>> happened, IReadOnlyList<SessionDifference> shown)
    {
        var refused = shown.Where(d => d.Changes.Contains(SessionChange.NotBooked)).Select(d => d.Session).ToHashSet();
        foreach (var promise in Promised.Where(p => !refused.Contains(p.Session)))
        {
            var missing = Shown(promise).Except(happened.GetValueOrDefault(promise.Session, [])).ToList();
            if (missing.Count > 0)
                yield return $"The draft showed {promise.Session} as changed in ({string.Join(", ", missing)}), publishing did "
                    + "not change it, and nothing says that it was refused.";
        }
    }

    /// <summary>
    /// A release shows exactly what it changed, except for sessions that were changed directly since the previous release.
    /// </summary>
    private static IEnumerable<string> Difference(
        IEnumerable<SessionDifference> shown,
        Dictionary<SessionId, HashSet<SessionChange>> happened,
        HashSet<SessionId> touched
    )
    {
        var says = shown.ToDictionary(d => d.Session);
        foreach (var id in says.Keys.Union(happened.Keys).Where(id => !touched.Contains(id)))
        {
            var (release, programme) = (Shown(says.GetValueOrDefault(id)), happened.GetValueOrDefault(id, []));
            if (!release.SetEquals(programme))
                yield return $"The release shows {id} as changed in ({string.Join(", ", release)}), and the programme has "
                    + $"changed in ({string.Join(", ", programme)}).";
        }
    }

    /// <summary>
    /// A person who wants to attend a session gets an alert when its time or room changes, or when it is cancelled, restored or removed.
    /// </summary>
    private IEnumerable<string> NotTold(
        Dictionary<SessionId, HashSet<SessionChange>> happened,
        Dictionary<PersonId, List<Alert>> inboxes,
        int number
    )
    {
        foreach (var (person, own) in Own)
        {
            var concerned = own.Where(id =>
                    happened.GetValueOrDefault(id, []).Any(c => c is not (SessionChange.Added or SessionChange.Title))
                )
                .ToList();
            var told = inboxes[person]
                .Any(a => a.Kind == AlertKind.ProgrammeChanged && a.Text["en"].Contains($"(release {number})", StringComparison.Ordinal));
            if (concerned.Count > 0 && !told)
                yield return $"{person} wants to attend {string.Join(", ", concerned)}, which release {number} has changed, and "
                    + "was not told.";
        }
    }
}
