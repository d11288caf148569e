using ConsultHub.Conferences;
using ConsultHub.Conferences.Audience;
using ConsultHub.Conferences.Releases;
using ConsultHub.Inboxes;
using ConsultHub.Live;

namespace ConsultHub.Tests.BusyHour;

/// <summary>A release at the moment at which it is published: what the draft promised, what became of it, and what people were
/// told.</summary>
/// <param name="Promised">What the draft shows as changed.</param>
/// <param name="Own">Who wants to be there.</param>
internal sealed record Publication(
    IReadOnlyDictionary<SessionId, ConferenceSession> Programme,
    IReadOnlyList<SessionDifference> Promised,
    IReadOnlyDictionary<PersonId, HashSet<SessionId>> Own
)
{
    public static async Task<Publication> BeforeAsync(Life life)
    {
        var (world, api) = (life.World, $"api/conferences/{life.World.Conference}");
        Dictionary<PersonId, HashSet<SessionId>> own = [];
        foreach (var person in world.Attendees)
            own[person] =
            [
                .. await life.GetAsync<SessionId[]>(person, $"{api}/favourites"),
                .. (await life.GetAsync<OwnPlace[]>(person, $"{api}/places"))
                    .Where(p => p.Registered || p.WaitingAt is not null)
                    .Select(p => p.Session),
            ];
        using var changes = await life.Browser(world.Coordinators[0]).GetAsync($"{api}/draft/changes");
        var promised = changes.IsSuccessStatusCode
            ? await life.GetAsync<List<SessionDifference>>(world.Coordinators[0], $"{api}/draft/changes")
            : [];
        return new(await ProgrammeAsync(life), promised, own);
    }

    private static async Task<IReadOnlyDictionary<SessionId, ConferenceSession>> ProgrammeAsync(Life life) =>
        (await life.TopicAsync(life.World.Coordinators[0], $"conference/{life.World.Conference}"))
            .Items.OfType<ConferenceSession>()
            .ToDictionary(s => s.Id);

    public async Task<IReadOnlyList<Contradiction>> AskAsync(Life life)
    {
        var (coordinator, api) = (life.World.Coordinators[0], $"api/conferences/{life.World.Conference}");
        var number = (await life.GetAsync<List<Release>>(coordinator, $"{api}/releases"))[^1].Number;
        var release = await life.GetAsync<Programme>(coordinator, $"{api}/releases/{number}");
        var shown = await life.GetAsync<List<SessionDifference>>(coordinator, $"{api}/releases/{number}/changes");
        var now = await ProgrammeAsync(life);
        var happened = Programme
            .Keys.Union(now.Keys)
            .ToDictionary(id => id, id => Changes(Programme.GetValueOrDefault(id), now.GetValueOrDefault(id)));
        var inboxes = new Dictionary<PersonId, List<Alert>>();
        foreach (var person in life.World.Attendees)
            inboxes[person] = await life.GetAsync<List<Alert>>(person, $"api/inboxes/{person}/alerts");
        return
        [
            .. Agreements
                .Disagree(release.Sessions, now.Values, life.Touched)
                .Select(w => new Contradiction("Release and programme, just published", w)),
            .. Unpromised(happened).Select(w => new Contradiction("What the draft showed as changed and what has changed", w)),
            .. Unkept(happened, shown).Select(w => new Contradiction("What the draft showed as changed and what has changed", w)),
            .. Difference(shown, happened, life.Touched).Select(w => new Contradiction("Release's difference and what has changed", w)),
            .. NotTold(happened, inboxes, number).Select(w => new Contradiction("What a release has changed and who is told", w)),
        ];
    }

    /// <summary>How a session differs, told without the hub's own rule for it.</summary>
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

    /// <summary>What a difference shows of the kinds that <see cref="Changes"/> knows.</summary>
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

    /// <summary>Publishing changes nothing that the draft did not show.</summary>
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

    /// <summary>Publishing changes what the draft showed, where no roster has refused it.</summary>
    private IEnumerable<string> Unkept(Dictionary<SessionId, HashSet<SessionChange>> happened, IReadOnlyList<SessionDifference> shown)
    {
        var refused = shown.Where(d => d.Changes.Contains(SessionChange.NotBooked)).Select(d => d.Session).ToHashSet();
        foreach (var promise in Promised.Where(p => !refused.Contains(p.Session)))
        {
            var missing = Shown(promise).Except(happened.GetValueOrDefault(promise.Session, [])).ToList();
            if (missing.Count > 0)
                yield return $"The draft showed {promise.Session} as changed in ({string.Join(", ", missing)}), publishing did not change it, and nothing says that it was refused.";
        }
    }

    /// <summary>A release shows as changed what it has changed, where nobody had changed the same since the release before.</summary>
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
                yield return $"The release shows {id} as changed in ({string.Join(", ", release)}), and the programme has changed in ({string.Join(", ", programme)}).";
        }
    }

    /// <summary>Whoever wants to be there hears of a change of time, room or whether it takes place.</summary>
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
                yield return $"{person} wants to be at {string.Join(", ", concerned)}, which release {number} has changed, and was not told.";
        }
    }
}
