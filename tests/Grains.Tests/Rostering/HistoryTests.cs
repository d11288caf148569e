using ConsultHub.Consultants;
using ConsultHub.Records;
using ConsultHub.Rostering;
using static ConsultHub.Tests.Rostering.RosterWorld;

namespace ConsultHub.Tests.Rostering;

/// <summary>The history says who changed what, when and why.</summary>
public sealed class HistoryTests : IAsyncLifetime
{
    private RosterHub _hub = null!;

    public async ValueTask InitializeAsync() => _hub = await RosterHub.StartAsync();

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    /// <summary>Changes a fact that concerns three engagements. The changes of all three engagements have the same version.</summary>
    private async Task LapseAsync()
    {
        await _hub.DoneAsync(Plan("a", Kim, room: One));
        await _hub.DoneAsync(Plan("b", Kim, at: 2, room: Two));
        await _hub.DoneAsync(Plan("c", Kim, at: 4, room: Two));
        await _hub.Consultant(Kim)
            .PutAsync(Coordinator, NewConsultant(Kim) with { Absences = [new Absence(Eight.AddDays(-1), Eight.AddDays(1))] });
        await RosterHub.UntilAsync(async () => !(await _hub.GetAsync("a")).Attention.IsEmpty, "the engagements need attention");
    }

    [Fact]
    public async Task The_history_of_an_engagement_leaves_out_changes_of_other_engagements_in_the_same_version()
    {
        await LapseAsync();
        var history = await _hub.Roster.HistoryAsync(HistorySubject.Engagement, "a", null, 50);
        Assert.All(history, h => Assert.Equal(new EngagementId("a"), (h.After ?? h.Before)!.Id));
        Assert.Equal([Change.AttentionChanged, Change.Planned], history.Select(h => h.What));
        Assert.Equal(2, (await _hub.Roster.HistoryAsync(HistorySubject.Room, $"{North}/{One}", null, 50)).Length);
        Assert.Equal(6, (await _hub.Roster.HistoryAsync(HistorySubject.Consultant, Kim.Value, null, 50)).Length);
    }

    [Fact]
    public async Task Reading_page_by_page_leaves_out_no_entry()
    {
        await LapseAsync();
        List<HistoryEntry> read = [];
        for (long? before = null; ; )
        {
            var page = await _hub.Roster.HistoryAsync(HistorySubject.Week, null, before, 2);
            if (page.IsEmpty)
                break;
            read.AddRange(page);
            before = page[^1].Version;
        }
        Assert.Equal(6, read.Count);
        Assert.Equal(read.OrderByDescending(h => h.Version).Select(h => h.Version), read.Select(h => h.Version));
        Assert.Equal(6, read.Select(h => (h.Version, (h.After ?? h.Before)!.Id)).Distinct().Count());
    }

    [Fact]
    public async Task A_history_entry_has_the_person_and_the_time_and_the_reason_in_any_script()
    {
        await _hub.DoneAsync(Plan("a", Kim, room: One));
        const string words = "تأخرت الرحلة — 비행기 지연 ✈️";
        var move = Move("a", 11, reason: words);
        await _hub.DoneAsync(move);
        var entry = (await _hub.Roster.HistoryAsync(HistorySubject.Engagement, "a", null, 1)).Single();
        Assert.Equal(
            (Change.TimeChanged, words, Coordinator.Person, Role.Coordinator, move.CommandId),
            (entry.What, entry.Reason, entry.By, entry.Role, entry.CommandId)
        );
        Assert.Equal((Eight, Eight.AddHours(11)), (entry.Before!.Start, entry.After!.Start));
        Assert.InRange(entry.At, Eight.AddDays(-1), Eight.AddDays(-1).AddMinutes(5));
    }

    [Fact]
    public async Task Unknown_subjects_have_no_history()
    {
        await _hub.DoneAsync(Plan("a", Kim, room: One));
        Assert.Empty(await _hub.Roster.HistoryAsync(HistorySubject.Engagement, "nothing", null, 50));
        Assert.Empty(await _hub.Roster.HistoryAsync(HistorySubject.Week, null, 1, 50));
    }

    [Fact]
    public async Task A_move_to_another_week_is_in_the_histories_of_both_weeks()
    {
        await _hub.DoneAsync(Plan("a", Kim, room: One));
        await _hub.DoneAsync(Move("a", 7 * 24, reason: "The theatre is closed."));
        await RosterHub.UntilAsync(async () => await _hub.Next.GetAsync(new("a")) is not null, "the engagement has moved");
        Assert.Equal(
            [Change.MovedAway, Change.Moving, Change.Planned],
            (await _hub.Roster.HistoryAsync(HistorySubject.Engagement, "a", null, 50)).Select(h => h.What)
        );
        var gone = (await _hub.Roster.HistoryAsync(HistorySubject.Engagement, "a", null, 1)).Single();
        Assert.Equal((Coordinator.Person, Role.Coordinator, "The theatre is closed."), (gone.By, gone.Role, gone.Reason));
        var came = Assert.Single(await _hub.Next.HistoryAsync(HistorySubject.Engagement, "a", null, 50));
        Assert.Equal((Change.MovedIn, Eight, Eight.AddDays(7)), (came.What, came.Before!.Start, came.After!.Start));
        Assert.Equal((Coordinator.Person, Role.Coordinator, "The theatre is closed."), (came.By, came.Role, came.Reason));
    }
}
