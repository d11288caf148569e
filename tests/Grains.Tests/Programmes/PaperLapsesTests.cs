using ConsultHub.Inboxes;
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
        // The papers of other people say nothing about this person.
        Assert.Null(PaperLapses.ChangeOf(told, new Dictionary<PersonId, Dossier> { [Sample.Person(2)] = new() }, Day("2027-06-11")));
    }

    [Theory]
    [InlineData(Responsible.Trainee, false, false)]
    [InlineData(Responsible.Host, false, true)]
    [InlineData(Responsible.Sender, false, true)]
    [InlineData(Responsible.Trainee, true, true)]
    public void The_director_is_told_if_somebody_else_must_renew_it_or_if_it_is_over(Responsible by, bool isOver, bool tellsDirector)
    {
        var programme = WithPlace(Licence with { By = by });
        var lapse = new PaperLapse("2027", One, "licence", new(2027, 6, 30), isOver);
        var told = PaperNotices
            .Of(programme, new([lapse], []))
            .ToDictionary(m => m.To, m => ((RaisePaperNotice)m.Payload).ToAlert("", default));
        var own = told[Inbox(One)];
        Assert.Contains("A licence", own.Text["en"], StringComparison.Ordinal);
        Assert.Contains("2027-06-30", own.Text["ko"], StringComparison.Ordinal);
        Assert.DoesNotContain("t-1", own.Text["en"], StringComparison.Ordinal);
        Assert.Equal(tellsDirector, told.TryGetValue(Inbox(Sample.Director), out var directors));
        if (tellsDirector)
            Assert.Contains("t-1", directors!.Text["ar"], StringComparison.Ordinal);
        var ended = PaperNotices.Of(programme, new([], [lapse])).ToList();
        Assert.Equal([Inbox(One), Inbox(Sample.Director)], ended.Select(m => m.To));
        Assert.All(ended, m => Assert.Equal(own.Id, ((EndAlert)m.Payload).Alert));
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
