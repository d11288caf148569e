using System.Collections.Immutable;
using ConsultHub.Attendance;
using ConsultHub.Certificates;
using ConsultHub.Conferences;
using ConsultHub.Conferences.Audience;
using ConsultHub.Directories;
using ConsultHub.Lectures;
using ConsultHub.Web.Directories;

namespace ConsultHub.Web.Attendance;

/// <summary>One session that a person attended.</summary>
/// <param name="Minutes">How long the session was held.</param>
/// <param name="Live">How many minutes of the session were played live. Only minutes in which the session was held are counted. This is
/// also true of the minutes from the recording and in the room.</param>
/// <param name="Room">Minutes in the room.</param>
public sealed record AttendedSession(
    SessionId Session,
    string Title,
    DateOnly? Day,
    bool Over,
    double Minutes,
    double Live,
    double Recorded,
    double Room
);

/// <summary>The credit that one accrediting body gives for the attendance.</summary>
/// <param name="Elsewhere">The credit on the same days at other conferences. It counts towards the body's limit for a day. Empty if the
/// body has no such limit.</param>
public sealed record BodyCredit(
    CreditPolicy Policy,
    decimal Credits,
    ImmutableArray<LectureCredit> Lectures,
    ImmutableArray<CreditElsewhere> Elsewhere
);

/// <param name="PolicyVersion">The version of the policies by which the credit was counted.</param>
public sealed record PersonCredits(
    PersonId Person,
    LocalName Name,
    ImmutableArray<AttendedSession> Sessions,
    ImmutableArray<BodyCredit> Bodies,
    long PolicyVersion
);

/// <summary>
/// A conference's lectures as they were held, with the network's policies. Credit is not stored: it is computed from the lectures and the
/// policies on each request. If an accrediting body limits the credit of a day, the network's other conferences that held lectures on the
/// same days are included.
/// </summary>
public sealed class ConferenceCredits
{
    private readonly IGrainFactory _grains;
    private readonly CreditPolicies _policies;

    /// <summary>The conference itself is the first.</summary>
    private readonly ImmutableArray<Conference> _conferences;
    private readonly ImmutableArray<LectureHeld> _lectures;

    /// <summary>Who has given feedback on which session. Empty if no policy asks for feedback.</summary>
    private readonly ILookup<PersonId, SessionId> _rated;

    private ConferenceCredits(
        IGrainFactory grains,
        CreditPolicies policies,
        ImmutableArray<Conference> conferences,
        ImmutableArray<LectureHeld> lectures,
        ILookup<PersonId, SessionId> rated
    ) => (_grains, _policies, _conferences, _lectures, _rated) = (grains, policies, conferences, lectures, rated);

    public Conference Conference => _conferences[0];

    /// <summary>Reads the sessions that at least one person attended. Null when there is no such conference.</summary>
    public static async Task<ConferenceCredits?> ReadAsync(ConferenceId id, IGrainFactory grains, DateTimeOffset now)
    {
        if (await grains.GetGrain<IConferenceGrain>(id.Value).GetAsync() is not { } conference)
            return null;
        var policies = conference.Network is { } network ? await grains.GetGrain<ICreditPoliciesGrain>(network.Value).GetAsync() : new([]);
        policies = policies with { Policies = policies.Policies.RemoveAll(p => p.Off) };
        List<(Conference Conference, ImmutableArray<LectureHeld> Lectures)> held =
        [
            (conference, await LecturesAsync(conference, null, grains, now)),
        ];
        if (policies.Policies.Any(p => p.DayCap is not null))
        {
            var days = held[0].Lectures.Select(l => l.Day).OfType<DateOnly>().ToHashSet();
            var listed = await grains.GetGrain<IDirectoryGrain>($"{conference.Network}/conferences").ListAsync();
            var others = await Task.WhenAll(
                listed.Where(e => e.Id != id.Value).Select(e => grains.GetGrain<IConferenceGrain>(e.Id).GetAsync())
            );
            held.AddRange(
                await Task.WhenAll(
                    others
                        .OfType<Conference>()
                        .Where(c => c.Network == conference.Network)
                        .Select(async c => (c, await LecturesAsync(c, days, grains, now)))
                )
            );
        }
        held.RemoveAll(h => h.Conference.Id != id && h.Lectures.IsEmpty);
        return new(
            grains,
            policies,
            [.. held.Select(h => h.Conference)],
            [.. held.SelectMany(h => h.Lectures).DistinctBy(l => l.Session)],
            await RatedAsync(policies, held.Select(h => h.Conference.Id), grains)
        );
    }

    private static async Task<ILookup<PersonId, SessionId>> RatedAsync(
        CreditPolicies policies,
        IEnumerable<ConferenceId> conferences,
        IGrainFactory grains
    )
    {
        var given = policies.Policies.Any(p => p.AfterFeedback)
            ? await Task.WhenAll(conferences.Select(c => grains.GetGrain<IAudienceGrain>(c.Value).FeedbackGivenByAsync()))
            : [];
        return given
            .SelectMany(sessions => sessions)
            .SelectMany(session => session.Value.Select(person => (Person: person, Session: session.Key)))
            .ToLookup(one => one.Person, one => one.Session);
    }

    /// <param name="days">If no lecture was held on one of these days, the list is empty. Otherwise it has all lectures, even those on
    /// other days. Null skips this check.</param>
    private static async Task<ImmutableArray<LectureHeld>> LecturesAsync(
        Conference conference,
        HashSet<DateOnly>? days,
        IGrainFactory grains,
        DateTimeOffset now
    )
    {
        var grain = grains.GetGrain<IConferenceGrain>(conference.Id.Value);
        var listed = await grains.GetGrain<IDirectoryGrain>($"{conference.Id}/attended").ListAsync();
        var sessions = (await Task.WhenAll(listed.Select(entry => grain.GetSessionAsync(new(entry.Id)))))
            .OfType<ConferenceSession>()
            .ToList();
        if (days is not null && !sessions.Any(s => s.Day is not { } day || days.Contains(day)))
            return [];
        var lectures = await Task.WhenAll(
            sessions.Select(async session =>
                LectureHeld.Of(conference, session, await grains.GetGrain<ILectureGrain>(session.Id.Value).TimelineAsync(), now)
            )
        );
        if (days is not null && !lectures.Any(l => l.Day is { } day && days.Contains(day)))
            return [];
        return [.. lectures.OrderBy(l => l.Start).ThenBy(l => l.Session.Value, StringComparer.Ordinal)];
    }

    public async Task<PersonCredits> OfAsync(PersonId person)
    {
        var attended = await Task.WhenAll(_lectures.Select(l => _grains.GetGrain<IAttendanceGrain>(l.Session.Value).OfAsync(person)));
        return Of(
            person,
            await NameOfAsync(person),
            [.. _lectures.Zip(attended).Where(a => !a.Second.IsNothing)],
            await CertifiedAsync(person)
        );
    }

    /// <summary>Everybody who attended a lecture of this conference, in the order of their English names.</summary>
    public async Task<List<PersonCredits>> AllAsync()
    {
        Dictionary<PersonId, List<(LectureHeld Lecture, Attended)>> people = [];
        var books = await Task.WhenAll(_lectures.Select(l => _grains.GetGrain<IAttendanceGrain>(l.Session.Value).AllAsync()));
        foreach (var (lecture, book) in _lectures.Zip(books))
        {
            foreach (var (person, attended) in book)
            {
                if (!people.TryGetValue(person, out var theirs))
                    people[person] = theirs = [];
                theirs.Add((lecture, attended));
            }
        }
        var (names, certified) = (await NamesAsync(), await CertifiedAsync(null));
        return
        [
            .. people
                .Where(p => p.Value.Any(a => IsOwn(a.Lecture)))
                .Select(p => Of(p.Key, names.GetValueOrDefault(p.Key.Value) ?? new(p.Key.Value), p.Value, certified))
                .OrderBy(p => p.Name.En, StringComparer.Ordinal),
        ];
    }

    private bool IsOwn(LectureHeld lecture) => lecture.Conference == Conference.Id;

    private PersonCredits Of(
        PersonId person,
        LocalName name,
        List<(LectureHeld Lecture, Attended Attended)> attended,
        ILookup<(PersonId, AccreditorId), SessionId> certified
    ) =>
        new(
            person,
            name,
            [
                .. attended
                    .Where(a => IsOwn(a.Lecture))
                    .Select(a => new AttendedSession(
                        a.Lecture.Session,
                        a.Lecture.Title,
                        a.Lecture.Day,
                        a.Lecture.Over,
                        Minutes(a.Lecture.Held),
                        Minutes(a.Attended.Live.Intersect(a.Lecture.Held)),
                        Minutes(a.Attended.Recorded.Intersect(a.Lecture.Held)),
                        Minutes(CreditRules.InRoom(a.Lecture, a.Attended))
                    )),
            ],
            [
                .. _policies.Policies.Select(policy =>
                    Own(CreditRules.Of(policy, attended, certified[(person, policy.Id)].ToHashSet(), _rated[person].ToHashSet()), attended)
                ),
            ],
            _policies.Version
        );

    /// <summary>
    /// Returns the part of a body's credit that belongs to this conference, and the credit of other conferences on the same days.
    /// </summary>
    private BodyCredit Own(CreditResult result, List<(LectureHeld Lecture, Attended)> attended)
    {
        var credits = result
            .Lectures.Join(attended, c => c.Session, a => a.Lecture.Session, (credit, a) => (Credit: credit, a.Lecture))
            .ToList();
        var own = credits.Where(c => IsOwn(c.Lecture)).ToList();
        var days = own.Select(c => c.Lecture.Day).ToHashSet();
        var elsewhere = credits
            .Where(c => !IsOwn(c.Lecture) && c.Credit.Credits > 0 && result.Policy.DayCap is not null && days.Contains(c.Lecture.Day))
            .GroupBy(c => (c.Lecture.Conference, Day: c.Lecture.Day!.Value))
            .OrderBy(g => g.Key.Day)
            .ThenBy(g => g.Key.Conference.Value, StringComparer.Ordinal)
            .Select(g => new CreditElsewhere(
                g.Key.Conference,
                _conferences.First(c => c.Id == g.Key.Conference).Title,
                g.Key.Day,
                g.Sum(c => c.Credit.Credits)
            ));
        return new(result.Policy, own.Sum(c => c.Credit.Credits), [.. own.Select(c => c.Credit)], [.. elsewhere]);
    }

    /// <summary>
    /// Returns the lectures on valid certificates, by person and accrediting body. Empty unless lectures of other conferences are included.
    /// </summary>
    /// <param name="person">Null for everybody.</param>
    private async Task<ILookup<(PersonId, AccreditorId), SessionId>> CertifiedAsync(PersonId? person)
    {
        var registers =
            _conferences.Length == 1
                ? []
                : await Task.WhenAll(_conferences.Select(c => _grains.GetGrain<ICertificatesGrain>(c.Id.Value).ListAsync(person)));
        return registers
            .SelectMany(r => r)
            .Where(c => c.Revoked is null)
            .SelectMany(c => c.Certificate.Lectures.Select(l => (Key: (c.Certificate.Person, c.Certificate.Policy.Id), l.Session)))
            .ToLookup(c => c.Key, c => c.Session);
    }

    private static double Minutes(Stretches time) => Math.Round(time.Length.TotalMinutes, 2);

    private async Task<LocalName> NameOfAsync(PersonId person) =>
        await _grains.NameOfAsync(person) ?? (await NamesAsync()).GetValueOrDefault(person.Value) ?? new(person.Value);

    private async Task<Dictionary<string, LocalName>> NamesAsync()
    {
        if (Conference.Network is not { } network)
            return [];
        var lists = await Task.WhenAll(
            ((string[])["consultants", "people"]).Select(kind => _grains.GetGrain<IDirectoryGrain>($"{network}/{kind}").ListAsync())
        );
        return lists.SelectMany(l => l).DistinctBy(e => e.Id).ToDictionary(e => e.Id, e => e.Name);
    }
}
