using System.Collections.Immutable;
using ConsultHub.Attendance;
using ConsultHub.Conferences;
using ConsultHub.Directories;
using ConsultHub.Lectures;

namespace ConsultHub.Web.Attendance;

/// <summary>One session of somebody's attendance.</summary>
/// <param name="Minutes">That it was held.</param>
/// <param name="Live">Minutes of it that were played live; as the others, clipped to when it was held.</param>
/// <param name="Room">Minutes in the room.</param>
public sealed record AttendedSession(SessionId Session, string Title, DateOnly? Day, bool Over, double Minutes, double Live, double Recorded, double Room);

/// <summary>What one body counts of it.</summary>
public sealed record BodyCredit(CreditPolicy Policy, decimal Credits, ImmutableArray<LectureCredit> Lectures);

/// <param name="PolicyVersion">Of the policies that it was counted by.</param>
public sealed record PersonCredits(PersonId Person, LocalName Name, ImmutableArray<AttendedSession> Sessions, ImmutableArray<BodyCredit> Bodies, long PolicyVersion);

/// <summary>A conference's lectures as they were held, with the rules of its network: what credit is computed from, each time anew.</summary>
public sealed class ConferenceCredits
{
    private readonly IGrainFactory _grains;
    private readonly ImmutableArray<LectureHeld> _lectures;
    private readonly CreditPolicies _policies;

    private ConferenceCredits(IGrainFactory grains, Conference conference, ImmutableArray<LectureHeld> lectures, CreditPolicies policies) => (_grains, Conference, _lectures, _policies) = (grains, conference, lectures, policies);

    public Conference Conference { get; }

    /// <summary>Null where there is no such conference. Reads those of its sessions that anybody attended.</summary>
    public static async Task<ConferenceCredits?> ReadAsync(ConferenceId id, IGrainFactory grains, DateTimeOffset now)
    {
        var grain = grains.GetGrain<IConferenceGrain>(id.Value);
        if (await grain.GetAsync() is not { } conference) return null;
        var listed = await grains.GetGrain<IDirectoryGrain>($"{id}/attended").ListAsync();
        var lectures = await Task.WhenAll(listed.Select(async entry =>
        {
            if (await grain.GetSessionAsync(new(entry.Id)) is not { } session) return null;
            return LectureHeld.Of(conference, session, await grains.GetGrain<ILectureGrain>(entry.Id).TimelineAsync(), now);
        }));
        var policies = conference.Network is { } network ? await grains.GetGrain<ICreditPoliciesGrain>(network.Value).GetAsync() : new([]);
        return new(grains, conference, [.. lectures.OfType<LectureHeld>().OrderBy(l => l.Start).ThenBy(l => l.Session.Value, StringComparer.Ordinal)], policies);
    }

    public async Task<PersonCredits> OfAsync(PersonId person)
    {
        var attended = await Task.WhenAll(_lectures.Select(l => _grains.GetGrain<IAttendanceGrain>(l.Session.Value).OfAsync(person)));
        return Of(person, await NameOfAsync(person), [.. _lectures.Zip(attended).Where(a => !IsNothing(a.Second))]);
    }

    /// <summary>Everybody who attended anything, by name.</summary>
    public async Task<List<PersonCredits>> AllAsync()
    {
        Dictionary<PersonId, List<(LectureHeld, Attended)>> people = [];
        var books = await Task.WhenAll(_lectures.Select(l => _grains.GetGrain<IAttendanceGrain>(l.Session.Value).AllAsync()));
        foreach (var (lecture, book) in _lectures.Zip(books))
        {
            foreach (var (person, attended) in book)
            {
                if (!people.TryGetValue(person, out var theirs)) people[person] = theirs = [];
                theirs.Add((lecture, attended));
            }
        }
        var names = await NamesAsync();
        return [.. people.Select(p => Of(p.Key, names.GetValueOrDefault(p.Key.Value) ?? new(p.Key.Value), p.Value)).OrderBy(p => p.Name.En, StringComparer.Ordinal)];
    }

    private PersonCredits Of(PersonId person, LocalName name, List<(LectureHeld Lecture, Attended Attended)> attended) => new(
        person, name,
        [
            .. attended.Select(a => new AttendedSession(
                a.Lecture.Session, a.Lecture.Title, a.Lecture.Day, a.Lecture.Over, Minutes(a.Lecture.Held), Minutes(a.Attended.Live.Intersect(a.Lecture.Held)),
                Minutes(a.Attended.Recorded.Intersect(a.Lecture.Held)), Minutes(CreditRules.InRoom(a.Lecture, a.Attended)))),
        ],
        [.. _policies.Policies.Select(policy => CreditRules.Of(policy, attended)).Select(result => new BodyCredit(result.Policy, result.Credits, result.Lectures))], _policies.Version);

    private static double Minutes(Stretches time) => Math.Round(time.Length.TotalMinutes, 2);

    private static bool IsNothing(Attended attended) => attended.CheckedIn is null && attended.Live.IsEmpty && attended.Recorded.IsEmpty;

    private async Task<LocalName> NameOfAsync(PersonId person) =>
        await SessionApi.NameOfAsync(person, _grains) ?? (await NamesAsync()).GetValueOrDefault(person.Value) ?? new(person.Value);

    private async Task<Dictionary<string, LocalName>> NamesAsync()
    {
        if (Conference.Network is not { } network) return [];
        var lists = await Task.WhenAll(((string[])["consultants", "people"]).Select(kind => _grains.GetGrain<IDirectoryGrain>($"{network}/{kind}").ListAsync()));
        return lists.SelectMany(l => l).DistinctBy(e => e.Id).ToDictionary(e => e.Id, e => e.Name);
    }
}
