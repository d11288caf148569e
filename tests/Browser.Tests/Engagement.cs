using System.Text.Json;
using Microsoft.Playwright;

namespace ConsultHub.Tests;

/// <summary>An engagement of the demo that a test can use, with a time to which it can move and a person who could take it.</summary>
/// <param name="Quarters">The number of quarters of an hour by which it can move without warnings.</param>
public sealed record Engagement(
    string Week,
    string Id,
    long Version,
    string Title,
    DateTimeOffset Start,
    TimeSpan Length,
    int Quarters,
    string? Candidate,
    string? Session
)
{
    private static readonly int[] Moves = [1, -1, 2, -2, 3, -3, 4, -4, 6, -6, 8, -8];

    /// <summary>
    /// Finds the first engagement, in this week or in the next week, that starts in an hour or later, can move, and that somebody else
    /// could take.
    /// </summary>
    public static async Task<Engagement> FindAsync(IPage coordinator) => (await FindInAWeekAsync(coordinator, false))[0];

    /// <summary>
    /// Finds two engagements of one week that can move: one of a conference session, and one that somebody else could take. The week is
    /// this week, or the next week if this week does not have both.
    /// </summary>
    public static async Task<(Engagement Session, Engagement Given)> FindBothAsync(IPage coordinator)
    {
        var found = await FindInAWeekAsync(coordinator, true, false);
        return (found[0], found[1]);
    }

    private static async Task<Engagement[]> FindInAWeekAsync(IPage coordinator, params bool[] sessions)
    {
        var week = (await Screens.SendAsync(coordinator, "GET", "api/networks/ehs")).GetProperty("currentWeek").GetString()!;
        foreach (var which in new[] { week, ConsultHub.Week.Parse(week, null).Next.ToString() })
        {
            List<Engagement> found = [];
            foreach (var session in sessions)
                if (await FindAsync(coordinator, which, session, found) is { } engagement)
                    found.Add(engagement);
            if (found.Count == sessions.Length)
                return [.. found];
        }
        throw new InvalidOperationException("The demo has no engagement for this test.");
    }

    private static async Task<Engagement?> FindAsync(IPage coordinator, string week, bool session, IReadOnlyCollection<Engagement> but)
    {
        var next = (await Screens.SendAsync(coordinator, "GET", $"api/topics/board/ehs/{week}")).GetProperty("items");
        var ids = next.EnumerateArray()
            .Where(i => i.GetProperty("type").GetString() == "engagement")
            .Select(i => i.GetProperty("id").GetString()!)
            .ToList();
        var soonest = next.EnumerateArray()
            .Where(i => i.GetProperty("type").GetString() == "engagement")
            .OrderBy(i => i.GetProperty("start").GetDateTimeOffset());
        foreach (var item in soonest)
        {
            var id = item.GetProperty("id").GetString()!;
            var (start, end) = (item.GetProperty("start").GetDateTimeOffset(), item.GetProperty("end").GetDateTimeOffset());
            var status = item.GetProperty("status").GetString();
            if (ids.Exists(other => other != id && other.StartsWith(id, StringComparison.Ordinal)))
                continue; // a search for its id would find another engagement too
            if (
                item.TryGetProperty("session", out var of) != session
                || but.Any(d => d.Id == id)
                || start < DateTimeOffset.UtcNow.AddHours(1)
            )
                continue;
            if (status is not ("planned" or "confirmed") || item.TryGetProperty("proposal", out _) || !item.TryGetProperty("room", out _))
                continue;
            var candidate = session ? null : await CandidateAsync(coordinator, week, id);
            if (!session && candidate is null)
                continue;
            foreach (var quarters in Moves)
            {
                var engagement = new Engagement(
                    week,
                    id,
                    item.GetProperty("version").GetInt64(),
                    item.GetProperty("title").GetString()!,
                    start,
                    end - start,
                    quarters,
                    candidate,
                    session ? of.GetProperty("session").GetString() : null
                );
                var check = await Screens.SendAsync(coordinator, "POST", $"api/rosters/ehs/{week}/checks", engagement.Move(quarters));
                if (check.GetProperty("allowed").GetBoolean() && check.GetProperty("findings").GetArrayLength() == 0)
                    return engagement;
            }
        }
        return null;
    }

    /// <summary>Returns the command that moves the engagement by a number of quarters of an hour.</summary>
    public object Move(int quarters, long? version = null) =>
        new
        {
            type = "changeTime",
            commandId = Guid.NewGuid(),
            engagement = Id,
            expectedVersion = version,
            start = Start.AddMinutes(15 * quarters).UtcDateTime.ToString("O"),
            end = (Start + Length).AddMinutes(15 * quarters).UtcDateTime.ToString("O"),
        };

    private static async Task<string?> CandidateAsync(IPage coordinator, string week, string id) =>
        (await Screens.SendAsync(coordinator, "GET", $"api/rosters/ehs/{week}/engagements/{id}/candidates"))
            .EnumerateArray()
            .Where(c => c.GetProperty("available").GetBoolean())
            .Select(c => c.GetProperty("person").GetString())
            .FirstOrDefault();
}
