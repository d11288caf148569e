using System.Collections.Concurrent;
using System.Collections.Immutable;
using ConsultHub.Conferences;
using ConsultHub.Consultants;
using ConsultHub.Lectures;
using ConsultHub.Programmes;
using ConsultHub.Web.Directories;

namespace ConsultHub.Web;

/// <summary>
/// Knows to which network a conference, a lecture or a consultant belongs, so that rights can be decided. What the node has read once, it
/// keeps in memory.
/// </summary>
internal sealed class ThingScopes(IGrainFactory grains, TimeProvider clock)
{
    private const int MostKept = 20_000;

    /// <summary>
    /// Consultants get new visits, sessions other speakers, and conferences are deleted. So what is known of them is read again after this
    /// time.
    /// </summary>
    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<ConferenceId, (Subject Subject, DateTimeOffset At)> _conferences = new();
    private readonly ConcurrentDictionary<SessionId, Subject> _lectures = new();
    private readonly ConcurrentDictionary<PersonId, (ImmutableArray<Subject> Subjects, DateTimeOffset At)> _consultants = new();

    private readonly ConcurrentDictionary<SessionId, (ImmutableArray<PersonId> People, DateTimeOffset At)> _speakers = new();

    /// <param name="listed">Whether to look only at lists of what exists, so that no grain wakes up for an invented id.</param>
    /// <returns>Null if there is no such conference.</returns>
    public async ValueTask<Subject?> OfConferenceAsync(ConferenceId id, bool listed = false)
    {
        var now = clock.GetUtcNow();
        if (_conferences.TryGetValue(id, out var known) && now - known.At < Kept)
            return known.Subject;
        if (listed && !(await ConferencesAsync()).Contains(id.Value))
            return null;
        if (await grains.GetGrain<IConferenceGrain>(id.Value).GetAsync() is not { } conference)
            return null;
        var subject = new Subject(conference.Network) { Conference = id };
        if (subject.Network is not null)
            Keep(_conferences, id, (subject, now));
        return subject;
    }

    /// <param name="listed">Whether to look only at sessions of conferences that exist, so that no grain wakes up for an invented
    /// id.</param>
    /// <returns>Null if no conference has the session.</returns>
    public async ValueTask<Subject?> OfLectureAsync(SessionId id, bool listed = false)
    {
        if (_lectures.TryGetValue(id, out var known))
            return known;
        var found = listed ? await OfSessionAsync(id) : null;
        // An open room knows its conference. Two conferences may have a session with the same id.
        if ((!listed || found is not null) && await grains.GetGrain<ILectureGrain>(id.Value).GetAsync() is { } lecture)
            found = Access.SubjectOf(lecture);
        found ??= listed ? null : await OfSessionAsync(id);
        if (found is { Network: not null } subject)
            Keep(_lectures, id, subject);
        return found;
    }

    /// <summary>
    /// Whether a viewer belongs to the crew of a lecture. The lecture is asked, so a change of its crew counts at once. Before the room
    /// opens, the speakers of the programme are its crew.
    /// </summary>
    public async ValueTask<bool> IsCrewAsync(Viewer viewer, SessionId lecture) =>
        await grains.GetGrain<ILectureGrain>(lecture.Value).GetAsync() is { } room
            ? Access.IsCrew(viewer, room)
            : (await SpeakersAsync(lecture)).Any(viewer.Is);

    /// <summary>The people who speak in a session according to the programme.</summary>
    public async ValueTask<ImmutableArray<PersonId>> SpeakersAsync(SessionId session)
    {
        var now = clock.GetUtcNow();
        if (_speakers.TryGetValue(session, out var known) && now - known.At < Kept)
            return known.People;
        if (await OfLectureAsync(session, listed: true) is not { Conference: { } conference })
            return [];
        var found = await grains.GetGrain<IConferenceGrain>(conference.Value).GetSessionAsync(session);
        ImmutableArray<PersonId> speakers = [.. (found?.Speakers ?? []).Select(s => s.Consultant).OfType<PersonId>()];
        Keep(_speakers, session, (speakers, now));
        return speakers;
    }

    /// <summary>
    /// Searches the conferences for a session. Most session ids start with the id of their conference. So conferences whose id is the start
    /// of the session's id are asked first, those with the longest id before the others.
    /// </summary>
    private async ValueTask<Subject?> OfSessionAsync(SessionId id)
    {
        foreach (
            var conference in (await ConferencesAsync()).OrderByDescending(c =>
                id.Value.StartsWith($"{c}-", StringComparison.Ordinal) ? c.Length : 0
            )
        )
            if (
                await grains.GetGrain<IConferenceGrain>(conference).GetSessionAsync(id) is not null
                && await OfConferenceAsync(new(conference)) is { } found
            )
                return found with { Session = id };
        return null;
    }

    private async Task<HashSet<string>> ConferencesAsync() => await ListedAsync("conferences");

    /// <returns>Null if there is no such programme.</returns>
    public async ValueTask<ImmutableArray<Subject>?> OfProgrammeAsync(ProgrammeId id)
    {
        foreach (var network in await grains.ListAsync("hub/networks"))
            if (
                (await grains.ListAsync($"{network.Id}/programmes")).FirstOrDefault(e => e.Id == id.Value)?.Record
                is ProgrammeProfile profile
            )
                return Access.SubjectsOf(profile);
        return null;
    }

    /// <returns>One subject for each network in which the consultant works or stays. Empty if the person is no consultant.</returns>
    public async ValueTask<ImmutableArray<Subject>> OfConsultantAsync(PersonId id)
    {
        var now = clock.GetUtcNow();
        if (_consultants.TryGetValue(id, out var known) && now - known.At < Kept)
            return known.Subjects;
        if (!(await ListedAsync("consultants")).Contains(id.Value))
            return [];
        var consultant = await grains.GetGrain<IConsultantGrain>(id.Value).GetAsync();
        var subjects = consultant is null ? [] : Access.SubjectsOf(consultant);
        Keep(_consultants, id, (subjects, now));
        return subjects;
    }

    /// <summary>The ids that any network lists under a kind.</summary>
    private async Task<HashSet<string>> ListedAsync(string kind)
    {
        var networks = await grains.ListAsync("hub/networks");
        var lists = await Task.WhenAll(networks.Select(n => grains.ListAsync($"{n.Id}/{kind}")));
        return [.. lists.SelectMany(list => list).Select(entry => entry.Id)];
    }

    private static void Keep<TKey, TValue>(ConcurrentDictionary<TKey, TValue> known, TKey key, TValue value)
        where TKey : notnull
    {
        if (known.Count >= MostKept)
            known.Clear();
        known[key] = value;
    }
}
