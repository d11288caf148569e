using System.Collections.Immutable;
using ConsultHub.Audit;

namespace ConsultHub.Tests.Audit;

public sealed class AuditRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 28, 11, 0, 0, TimeSpan.Zero);

    private static AuditRow Row(string kind = AuditKinds.ReadPrivate) => new(Guid.NewGuid(), Now, kind, "cases.read");

    [Fact]
    public void A_full_day_keeps_no_more_rows_and_counts_what_is_missing_with_its_repetitions()
    {
        var state = new AuditState { Rows = AuditRules.MostRows - 1 };
        var last = Row();
        var (kept, noted) = AuditRules.Fit(state, [last, Row() with { Count = 3 }, Row()]);
        Assert.Equal([last], kept);
        Assert.Equal(new AuditNoted(1, 0, 4), noted);
    }

    [Fact]
    public void Refusals_use_only_half_of_a_day_so_that_reading_of_private_data_is_still_kept()
    {
        var state = new AuditState { Rows = AuditRules.MostRefused, Refused = AuditRules.MostRefused };
        var read = Row();
        var (kept, noted) = AuditRules.Fit(state, [Row(AuditKinds.Refused), Row(AuditKinds.SignInRefused), read]);
        Assert.Equal([read], kept);
        Assert.Equal(new AuditNoted(1, 0, 2), noted);
    }

    [Fact]
    public void Long_texts_are_cut()
    {
        var text = new string('x', 5_000);
        var row = Assert.Single(
            AuditRules
                .Fit(
                    new(),
                    [Row() with { Device = text, Thing = text, Route = text, Why = text, Before = text, After = text, Address = text }]
                )
                .Kept
        );
        Assert.All(
            [row.Device, row.Thing, row.Route, row.Before, row.After, row.Address],
            part => Assert.Equal(AuditRules.LongestText, part!.Length)
        );
        Assert.Equal(500, row.Why!.Length);
    }

    [Theory]
    [InlineData("p-mariam", true), InlineData("c-kim", true), InlineData("c-ki", false), InlineData("p-lee", false)]
    public void A_person_is_found_as_the_one_who_acted_and_as_the_one_whom_a_row_is_about(string person, bool found)
    {
        var row = Row() with { Person = new("p-mariam"), Thing = "itinerary/c-kim/2026-W48" };
        Assert.Equal(found, AuditRules.Matches(row, All with { Person = new(person) }));
    }

    [Fact]
    public void A_text_is_found_in_any_part_of_a_row_in_upper_and_lower_case()
    {
        var row = Row() with { Address = "192.0.2.7", Why = "access.denied", Device = "Firefox" };
        Assert.All(["192.0.2", "DENIED", "firefox", "cases.r"], text => Assert.True(AuditRules.Matches(row, All with { Text = text })));
        Assert.False(AuditRules.Matches(row, All with { Text = "chrome" }));
    }

    [Fact]
    public void Rows_at_one_instant_are_told_apart_by_their_ids_so_that_a_page_ends_between_them()
    {
        ImmutableArray<AuditRow> rows = [.. Enumerable.Range(0, 4).Select(_ => Row()).OrderByDescending(r => new AuditMark(r.At, r.Id))];
        var after = rows.Where(r => AuditRules.Matches(r, All with { Before = new(rows[1].At, rows[1].Id) }));
        Assert.Equal(rows[2..], after);
    }

    private static AuditQuery All => new(10, DateTimeOffset.MinValue, new(Now.AddDays(1), Guid.Empty));
}
