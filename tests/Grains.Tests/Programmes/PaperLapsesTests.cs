using ConsultHub.Inboxes;
using ConsultHub.Journal;
using ConsultHub.Programmes;
using ConsultHub.Records;
using ConsultHub.Tests.Rostering;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Runtime;

namespace ConsultHub.Tests.Programmes;

/// <summary>Papers that lapse while a person has a place: who is told, when, and when the alert ends.</summary>
public sealed class PaperLapsesTests
{
    private static readonly PersonId One = Sample.Person(1);
    private static readonly ProgrammeRequirement Licence = new(
        "licence",
        DocumentKind.Licence,
        new("A licence"),
        true,
        Responsible.Trainee
    );

    // The cohort of the sample lasts from 1 March 2027 to 29 February 2028.
    [Theory]
    [InlineData("2027-06-30", "2027-05-30", null)]
    [InlineData("2027-06-30", "2027-05-31", false)]
    [InlineData("2027-06-30", "2027-06-30", false)]
    [InlineData("2027-06-30", "2027-07-01", true)]
    [InlineData("2027-02-28", "2027-01-29", false)]
    [InlineData("2028-02-28", "2028-02-29", true)]
    [InlineData("2028-02-28", "2028-03-01", null)]
    [InlineData("2028-02-29", "2028-02-29", null)]
    [InlineData(null, "2027-06-30", null)]
    public void People_are_told_thirty_days_before_a_paper_lapses_and_again_after_it(string? to, string today, bool? isOver)
    {
        var change = PaperLapses.ChangeOf(WithPlace(Licence), With(to), Day(today));
        Assert.Equal(isOver, change?.Told.Single().IsOver);
    }

    [Fact]
    public void A_paper_that_is_needed_only_on_the_first_day_may_end_later()
    {
        var programme = WithPlace(Licence with { Lasts = false });
        Assert.Null(PaperLapses.ChangeOf(programme, With("2027-06-30"), Day("2027-06-30")));
        Assert.NotNull(PaperLapses.ChangeOf(programme, With("2027-02-28"), Day("2027-02-20")));
        Assert.NotNull(PaperLapses.ChangeOf(programme, With("2027-02-28"), Day("2027-03-01")));
        // After the first day, nobody asks for it.
        Assert.Null(PaperLapses.ChangeOf(programme, With("2027-02-28"), Day("2027-03-02")));
    }

    [Fact]
    public void Nobody_is_told_twice_and_what_no_longer_lapses_ends()
    {
        var programme = WithPlace(Licence);
        var soon = PaperLapses.ChangeOf(programme, With("2027-06-30"), Day("2027-06-10"))!;
        var told = soon.After(programme)!;
        Assert.Null(PaperLapses.ChangeOf(told, With("2027-06-30"), Day("2027-06-30")));
        var over = PaperLapses.ChangeOf(told, With("2027-06-30"), Day("2027-07-01"))!;
        Assert.True(Assert.Single(over.Told).IsOver);
        Assert.Empty(over.Ended);
        var renewed = PaperLapses.ChangeOf(over.After(told)!, With("2028-06-30"), Day("2027-07-02"))!;
        Assert.Empty(renewed.Told);
        Assert.Equal(over.Told, renewed.Ended);
        Assert.Empty(renewed.After(over.After(told))!.Lapses);
        // Whoever gives up the place, or whose cohort is over, no longer needs the paper.
        var gone = told with
        {
            Applications = told.Applications.Clear(),
        };
        Assert.Equal(soon.Told, PaperLapses.ChangeOf(gone, With("2027-06-30"), Day("2027-06-11"))!.Ended);
        Assert.Equal(soon.Told, PaperLapses.ChangeOf(told, With("2027-06-30"), Day("2028-03-01"))!.Ended);
        // If nobody asks for the paper any more, the alert ends whatever the papers are.
        var unasked = told with
        {
            Requirements = [],
        };
        var unread = PaperLapses.ChangeOf(unasked, new Dictionary<PersonId, Dossier>(), Day("2027-06-11"))!;
        Assert.Equal(soon.Told, unread.Ended);
        Assert.All(PaperNotices.Of(unasked, unread), m => Assert.IsType<EndAlert>(m.Payload));
        // The papers of other people say nothing about this person.
        Assert.Null(PaperLapses.ChangeOf(told, new Dictionary<PersonId, Dossier> { [Sample.Person(2)] = new() }, Day("2027-06-11")));
    }

    [Fact]
    public void A_paper_that_continues_another_one_without_a_gap_counts()
    {
        var programme = WithPlace(Licence);
        DossierDocument Paper(string? from, string? to) =>
            new($"{from}", DocumentKind.Licence, "Licence", null, null, from is null ? null : Day(from), to is null ? null : Day(to));
        PaperLapse? Lapse(string today, params DossierDocument[] papers) =>
            PaperLapses
                .ChangeOf(programme, new Dictionary<PersonId, Dossier> { [One] = new() { Documents = [.. papers] } }, Day(today))
                ?.Told.Single();
        var (old, renewed) = (Paper(null, "2027-06-30"), Paper("2027-07-01", "2027-12-31"));
        Assert.Null(Lapse("2027-06-20", old, renewed));
        Assert.Null(Lapse("2027-07-01", renewed, old));
        Assert.Equal(Day("2027-12-31"), Lapse("2027-12-10", old, renewed)!.To);
        Assert.Equal(Day("2027-06-30"), Lapse("2027-06-20", old, renewed with { From = Day("2027-07-02") })!.To);
        // A paper that is not valid yet is not one that lapses. It is one once it is valid.
        Assert.Null(Lapse("2027-06-20", renewed));
        Assert.Equal(Day("2027-12-31"), Lapse("2027-12-10", renewed)!.To);
        Assert.Null(Lapse("2027-06-20", old, Paper("2027-05-01", null)));
        // Other papers say nothing.
        Assert.Equal(Day("2027-06-30"), Lapse("2027-06-20", old, renewed with { Kind = DocumentKind.Visa })!.To);
    }

    [Theory]
    [InlineData(Responsible.Trainee, "2027-06-20", false)]
    [InlineData(Responsible.Host, "2027-06-20", true)]
    [InlineData(Responsible.Sender, "2027-06-20", true)]
    [InlineData(Responsible.Trainee, "2027-07-01", true)]
    public void The_director_is_told_if_somebody_else_must_renew_it_or_if_it_is_over(Responsible by, string today, bool tellsDirector)
    {
        var programme = WithPlace(Licence with { By = by });
        var change = PaperLapses.ChangeOf(programme, With("2027-06-30"), Day(today))!;
        var told = AlertsOf(PaperNotices.Of(programme, change));
        var own = told[Inbox(One)];
        Assert.Contains("A licence", own.Text["en"], StringComparison.Ordinal);
        Assert.Contains("2027-06-30", own.Text["ko"], StringComparison.Ordinal);
        Assert.DoesNotContain("t-1", own.Text["en"], StringComparison.Ordinal);
        Assert.Equal(tellsDirector, told.TryGetValue(Inbox(Sample.Director), out var directors));
        if (tellsDirector)
            Assert.Contains("t-1", directors!.Text["ar"], StringComparison.Ordinal);
        var after = change.After(programme)!;
        var ended = PaperNotices.Of(after, PaperLapses.ChangeOf(after, With("2028-06-30"), Day(today))!).ToList();
        Assert.Equal(told.Keys.Order(), ended.Select(m => m.To).Order());
        Assert.All(ended, m => Assert.Equal(told[m.To].Id, ((EndAlert)m.Payload).Alert));
    }

    [Fact]
    public void A_director_gets_one_alert_about_all_people_and_it_ends_for_a_director_who_has_gone()
    {
        var programme = WithPlace(Licence with { By = Responsible.Host });
        var second = programme.Find("2027", One)! with { Person = Sample.Person(2), Name = new("t-2") };
        programme = programme with { Applications = programme.Applications.Add(second.Key, second) };
        Dictionary<PersonId, Dossier> Dossiers(string first, string other) =>
            new() { [One] = With(first)[One], [Sample.Person(2)] = With(other)[One] };
        var change = PaperLapses.ChangeOf(programme, Dossiers("2027-06-30", "2027-06-25"), Day("2027-06-20"))!;
        var told = AlertsOf(PaperNotices.Of(programme, change));
        Assert.Equal(3, told.Count);
        Assert.Contains("2 people", told[Inbox(Sample.Director)].Text["en"], StringComparison.Ordinal);
        Assert.Contains("2027-06-25", told[Inbox(Sample.Director)].Text["en"], StringComparison.Ordinal);

        // With another director, the people are not told again.
        var next = new PersonId("p-next");
        var other = change.After(programme)! with { Profile = Sample.Profile with { Director = next } };
        var again = PaperLapses.ChangeOf(other, Dossiers("2027-06-30", "2027-06-25"), Day("2027-06-20"))!;
        var messages = PaperNotices.Of(other, again).ToDictionary(m => m.To, m => m.Payload);
        Assert.Equal(told[Inbox(Sample.Director)].Id, Assert.IsType<EndAlert>(messages[Inbox(Sample.Director)]).Alert);
        Assert.Equal(2, Assert.IsType<RaisePaperNotice>(messages[Inbox(next)]).Count);
        Assert.Equal(2, messages.Count);

        // One person has renewed the paper.
        other = again.After(other)!;
        var one = PaperLapses.ChangeOf(other, Dossiers("2027-06-30", "2028-06-25"), Day("2027-06-21"))!;
        messages = PaperNotices.Of(other, one).ToDictionary(m => m.To, m => m.Payload);
        Assert.IsType<EndAlert>(messages[Inbox(Sample.Person(2))]);
        Assert.Contains("t-1", ((RaisePaperNotice)messages[Inbox(next)]).ToAlert("", default).Text["en"], StringComparison.Ordinal);
        Assert.Equal(2, messages.Count);
    }

    [Fact]
    public async Task A_person_is_told_on_the_day_also_after_a_restart_and_no_longer_once_the_paper_is_renewed()
    {
        var clock = new MovableClock(Sample.ApplyBy.AddDays(-5));
        var folder = TestHub.NewFolder();
        try
        {
            await using (var hub = await StartAsync(folder, clock))
            {
                await EditAsync(
                    hub,
                    [
                        RecordEdit.Put(Sample.Profile with { Admission = Admission.FirstCome }),
                        RecordEdit.Put(Sample.Cohort),
                        RecordEdit.Put(Licence),
                    ]
                );
                await PutPaperAsync(hub, new(2027, 3, 15));
                var programme = hub.Grains.GetGrain<IProgrammeGrain>("f-1");
                Assert.Null((await programme.DecideAsync(new(One, Role.Trainee), Sample.Applying)).Code);
                await UntilAsync(async () => await IsAcceptedAsync(hub));
                Assert.Empty((await programme.GetAsync())!.Lapses);
            }
            clock.Advance(TimeSpan.FromDays(30)); // 25 February 2027
            await using (var hub = await StartAsync(folder, clock))
            {
                _ = hub.Grains.GetGrain<IProgrammeGrain>("f-1").GetAsync(); // the reminder wakes it after a minute
                await UntilAsync(async () => await IsToldAsync(hub, One));
                Assert.False(await IsToldAsync(hub, Sample.Director));
                await PutPaperAsync(hub, new(2028, 3, 15));
                await UntilAsync(async () => !await IsToldAsync(hub, One));
                await PutPaperAsync(hub, new(2027, 2, 20));
                await UntilAsync(async () => await IsToldAsync(hub, One) && await IsToldAsync(hub, Sample.Director));
                // Without the place, nobody asks for the paper.
                Assert.Null(
                    (await hub.Grains.GetGrain<IProgrammeGrain>("f-1").DecideAsync(new(One, Role.Trainee), Sample.Withdrawing)).Code
                );
                await UntilAsync(async () => !await IsToldAsync(hub, One) && !await IsToldAsync(hub, Sample.Director));
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Task<TestHub> StartAsync(string folder, MovableClock clock) =>
        TestHub.StartAsync(
            folder,
            services => services.Replace(ServiceDescriptor.Singleton(provider => WithClock.Authorities(provider, clock)))
        );

    private static Task UntilAsync(Func<Task<bool>> condition) => RosterHub.UntilAsync(condition, "The alerts follow.");

    private static async Task EditAsync(TestHub hub, RecordEdit[] edits) =>
        Assert.IsType<RecordsEdited>(
            await hub
                .Grains.GetGrain<IProgrammeGrain>("f-1")
                .EditAsync(new(Sample.Director, Role.ProgrammeDirector), new(Guid.NewGuid(), [.. edits]))
        );

    private static async Task PutPaperAsync(TestHub hub, DateOnly to) =>
        Assert.IsType<RecordsEdited>(
            await hub
                .Grains.GetGrain<IDossierGrain>(One.Value)
                .EditAsync(new(One, Role.Trainee), new(Guid.NewGuid(), [RecordEdit.Put(Paper(to))]))
        );

    private static async Task<bool> IsAcceptedAsync(TestHub hub) =>
        (await hub.Grains.GetGrain<IDossierGrain>(One.Value).GetAsync()).Applications.Any(a => a.Status == ApplicationStatus.Accepted);

    private static async Task<bool> IsToldAsync(TestHub hub, PersonId person) =>
        (await hub.Grains.GetGrain<IInboxGrain>(person.Value).ReadSinceAsync(null))
            .Items.OfType<Alert>()
            .Any(a => a is { Kind: AlertKind.PaperLapses, IsOpen: true });

    private static Dictionary<GrainId, Alert> AlertsOf(IEnumerable<OutboxMessage> messages) =>
        messages.ToDictionary(m => m.To, m => ((RaisePaperNotice)m.Payload).ToAlert("", default));

    private static GrainId Inbox(PersonId person) => GrainId.Create("inbox", person.Value);

    private static EducationProgramme WithPlace(ProgrammeRequirement requirement)
    {
        var place = new Application
        {
            Cohort = "2027",
            Person = One,
            Name = new("t-1"),
            Status = ApplicationStatus.Accepted,
            SubmittedAt = Sample.ApplyBy,
            ChangedAt = Sample.ApplyBy,
        };
        return Sample.Programme with { Requirements = [requirement], Applications = Sample.Programme.Applications.Add(place.Key, place) };
    }

    private static Dictionary<PersonId, Dossier> With(string? to) =>
        new() { [One] = new() { Documents = [Paper(to is null ? null : Day(to))] } };

    private static DossierDocument Paper(DateOnly? to) => new("d", DocumentKind.Licence, "Licence", null, null, null, to);

    private static DateOnly Day(string text) => DateOnly.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
