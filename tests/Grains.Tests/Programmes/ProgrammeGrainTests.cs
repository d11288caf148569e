using ConsultHub.Directories;
using ConsultHub.Inboxes;
using ConsultHub.Journal;
using ConsultHub.Programmes;
using ConsultHub.Records;
using ConsultHub.Tests.Rostering;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ConsultHub.Tests.Programmes;

/// <summary>A programme on a real silo: what it tells others, and what happens when nobody asks it anything.</summary>
public sealed class ProgrammeGrainTests
{
    private readonly MovableClock _clock = new(Sample.ApplyBy.AddDays(-5));

    [Fact]
    public async Task An_offer_that_lapses_while_the_hub_is_down_goes_to_the_next_person_after_the_restart()
    {
        var folder = TestHub.NewFolder();
        try
        {
            await using (var hub = await StartAsync(folder))
            {
                await RankedAsync(hub, 1, 2);
                _clock.Advance(TimeSpan.FromDays(6));
                Assert.Null((await DecideAsync(hub, Sample.Director, Sample.Offering)).Code);
            }
            _clock.Advance(TimeSpan.FromDays(8));
            await using (var hub = await StartAsync(folder))
            {
                await UntilAsync(async () => await StatusAsync(hub, 2) == ApplicationStatus.Offered);
                Assert.Equal(ApplicationStatus.Lapsed, await StatusAsync(hub, 1));
                await UntilAsync(async () => await KindAsync(hub, Sample.Person(1)) == AlertKind.OfferLapsed);
                await UntilAsync(async () => await KindAsync(hub, Sample.Person(2)) == AlertKind.PlaceOffered);
                await UntilAsync(async () => await KindAsync(hub, Sample.Director) == AlertKind.OfferAnswered);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task The_dossier_the_catalogue_and_the_lists_agree_with_the_programme()
    {
        await using var hub = await StartAsync();
        await RankedAsync(hub, 1);
        var dossier = hub.Grains.GetGrain<IDossierGrain>(Sample.Person(1).Value);
        await UntilAsync(async () => (await dossier.GetAsync()).Applications.Any(a => a.Status == ApplicationStatus.Submitted));
        var catalogue = hub.Grains.GetGrain<ICatalogueGrain>("ehs");
        Assert.Equal("f-1", Assert.Single(await catalogue.ListAsync()).Profile.Id.Value);
        Assert.Equal("f-1", Assert.Single(await hub.Grains.GetGrain<IDirectoryGrain>("ehs/programmes").ListAsync()).Id);
        await UntilAsync(async () => (await hub.Grains.GetGrain<IDirectoryGrain>("ehs/dossiers").ListAsync()).Length == 1);
        _clock.Advance(TimeSpan.FromDays(6));
        Assert.Null((await DecideAsync(hub, Sample.Director, Sample.Offering)).Code);
        await UntilAsync(async () => (await catalogue.ListAsync())[0].Cohorts[0].Taken == 1);
        await UntilAsync(async () => (await dossier.GetAsync()).Applications[0].Status == ApplicationStatus.Offered);
    }

    [Fact]
    public async Task More_places_are_offered_at_once_and_a_programme_with_applications_stays()
    {
        await using var hub = await StartAsync();
        await RankedAsync(hub, 1, 2);
        _clock.Advance(TimeSpan.FromDays(6));
        Assert.Null((await DecideAsync(hub, Sample.Director, Sample.Offering)).Code);
        Assert.Equal(ApplicationStatus.Waiting, await StatusAsync(hub, 2));
        Assert.IsType<RecordsEdited>(await EditAsync(hub, RecordEdit.Put(Sample.Cohort with { Places = 2 })));
        await UntilAsync(async () => await StatusAsync(hub, 2) == ApplicationStatus.Offered);
        var refused = Assert.IsType<RecordsRefused>(await EditAsync(hub, new RecordEdit(new("profile"), null)));
        Assert.Equal(RecordCodes.InUse.Name, refused.Faults[0].Code);
    }

    [Fact]
    public async Task A_programme_that_is_removed_leaves_the_catalogue()
    {
        await using var hub = await StartAsync();
        await EditAsync(hub, RecordEdit.Put(Sample.Profile));
        var catalogue = hub.Grains.GetGrain<ICatalogueGrain>("ehs");
        Assert.Single(await catalogue.ListAsync());
        var before = await catalogue.ReadSinceAsync(null);
        Assert.IsType<RecordsEdited>(await EditAsync(hub, new RecordEdit(new("profile"), null)));
        Assert.Empty(await catalogue.ListAsync());
        Assert.Equal("programme/f-1", Assert.Single((await catalogue.ReadSinceAsync(before.To)).Removed).Key);
        Assert.Equal(ProgrammeCodes.Unknown.Name, (await DecideAsync(hub, Sample.Person(1), Sample.Applying)).Code);
    }

    [Fact]
    public async Task Nobody_checks_the_own_papers_and_a_paper_that_changes_is_checked_again()
    {
        await using var hub = await StartAsync();
        var dossier = hub.Grains.GetGrain<IDossierGrain>("t-1");
        var own = new Actor(new("t-1"), Role.Trainee);
        var paper = new DossierDocument("d", DocumentKind.Visa, "Visa", null, null, null, new(2027, 6, 1));
        Assert.IsType<RecordsEdited>(await dossier.EditAsync(own, new(Guid.NewGuid(), [RecordEdit.Put(paper)])));
        var tag = RecordTag.Of(paper);
        Assert.Equal(ProgrammeCodes.OwnDocument.Name, await dossier.CheckDocumentAsync(own, "d", tag));
        var director = new Actor(Sample.Director, Role.ProgrammeDirector);
        Assert.Equal(RecordCodes.Unknown.Name, await dossier.CheckDocumentAsync(director, "e", tag));
        Assert.Equal(RecordCodes.Changed.Name, await dossier.CheckDocumentAsync(director, "d", "other"));
        Assert.Null(await dossier.CheckDocumentAsync(director, "d", tag));
        Assert.Single((await dossier.GetAsync()).Checks);
        Assert.IsType<RecordsEdited>(
            await dossier.EditAsync(own, new(Guid.NewGuid(), [RecordEdit.Put(paper with { To = new(2028, 6, 1) })]))
        );
        Assert.Empty((await dossier.GetAsync()).Checks);
    }

    private Task<TestHub> StartAsync(string? folder = null) =>
        TestHub.StartAsync(
            folder,
            services => services.Replace(ServiceDescriptor.Singleton(provider => WithClock.Authorities(provider, _clock)))
        );

    private static IProgrammeGrain Programme(TestHub hub) => hub.Grains.GetGrain<IProgrammeGrain>("f-1");

    private static Task<RecordReply> EditAsync(TestHub hub, params RecordEdit[] edits) =>
        Programme(hub).EditAsync(new(Sample.Director, Role.ProgrammeDirector), new(Guid.NewGuid(), [.. edits]));

    private static Task<ProgrammeReply> DecideAsync(TestHub hub, PersonId by, ProgrammeCommand command) =>
        Programme(hub).DecideAsync(new(by, Role.Trainee), command);

    private static async Task<ApplicationStatus> StatusAsync(TestHub hub, int person) =>
        (await Programme(hub).GetAsync())!.Find("2027", Sample.Person(person))!.Status;

    /// <summary>The kind of the newest alert of a person.</summary>
    private static async Task<AlertKind?> KindAsync(TestHub hub, PersonId person) =>
        (await hub.Grains.GetGrain<IInboxGrain>(person.Value).ListAsync()).OrderByDescending(a => a.At).FirstOrDefault()?.Kind;

    /// <summary>Enters the programme. People apply, are reviewed by both sides and ranked in this order.</summary>
    private static async Task RankedAsync(TestHub hub, params int[] people)
    {
        Assert.IsType<RecordsEdited>(await EditAsync(hub, RecordEdit.Put(Sample.Profile), RecordEdit.Put(Sample.Cohort)));
        foreach (var person in people)
        {
            Assert.Null((await DecideAsync(hub, Sample.Person(person), Sample.Applying)).Code);
            foreach (var (by, side) in new[] { (Sample.Reviewer, ReviewSide.Network), (Sample.PartnerReviewer, ReviewSide.Partner) })
                Assert.Null((await DecideAsync(hub, by, Sample.Reviewing(Sample.Person(person), side))).Code);
        }
        Assert.Null((await DecideAsync(hub, Sample.Director, Sample.Ranking([.. people.Select(Sample.Person)]))).Code);
    }

    private static Task UntilAsync(Func<Task<bool>> isSo) => RosterHub.UntilAsync(isSo, "what the test waits for");
}
