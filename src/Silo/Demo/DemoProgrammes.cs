using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ConsultHub.Consultants;
using ConsultHub.Programmes;
using ConsultHub.Records;

namespace ConsultHub.Silo.Demo;

/// <summary>
/// Two education programmes of each kind at different stages, and the papers of a trainee. Everything is done by commands, as people would
/// do it. The commands have the same ids when they are repeated.
/// </summary>
internal static class DemoProgrammes
{
    private static readonly PersonId Director = new("p-director"),
        Reviewer = new("p-reviewer");

    public static async Task SeedAsync(IGrainFactory grains, DemoData data, DateTimeOffset now)
    {
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        await PapersAsync(grains, today);
        for (var i = 0; i < DemoEntries.All.Length; i++)
            await EnterAsync(grains, data, DemoEntries.All[i], i, "", now);
        await LapseAsync(grains, today);
    }

    /// <param name="round">What the id of the cohort begins with, and so the ids of its commands.</param>
    /// <returns>The cohort's id.</returns>
    internal static async Task<string> EnterAsync(
        IGrainFactory grains,
        DemoData data,
        DemoEntry entry,
        int index,
        string round,
        DateTimeOffset now
    )
    {
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var programme = grains.GetGrain<IProgrammeGrain>(entry.Id);
        var firstCome = entry is { AtPartner: false };
        var profile = new ProgrammeProfile(
            new(entry.Id),
            data.Network.Id,
            entry.Kind,
            entry.Name,
            entry.Summary,
            Specialties.All.Any(s => s.Code == entry.Specialty) ? entry.Specialty : null,
            entry.AtPartner ? data.Network.Partners[0].Id : null,
            entry.AtPartner ? [] : [data.Hospitals[index % data.Hospitals.Length].Id],
            entry.AtPartner,
            ["en"],
            Director,
            "education@ehs.example",
            1,
            firstCome ? Admission.FirstCome : Admission.Selection,
            Public: index % 2 == 0
        );
        var from = new DateOnly(today.Year, today.Month, 1).AddMonths(entry.Month);
        var cohort = new Cohort(
            $"{round}{from:yyyy-MM}",
            new(Month("en-GB", from), Month("ar-AE", from), Month("ko-KR", from)),
            from,
            from.AddMonths(entry.Months).AddDays(-1),
            // Before the first day of a cohort that has begun. Until everybody has applied, it is later.
            entry.Stage
                is DemoStage.Offered
                    or DemoStage.Accepted
                ? Earlier(now.AddDays(-3), from)
                : now.AddDays(20),
            entry.Places,
            14
        );
        cohort = cohort with { ApplyBy = Earlier(cohort.ApplyBy, from) };
        // A start that goes on in another month enters another cohort.
        var run = $"{cohort.Id}/";
        var open = cohort with { From = today.AddMonths(2), To = today.AddMonths(14), ApplyBy = now.AddDays(30) };
        await EditAsync(programme, entry.Id, run + "enter", [profile, open, .. RequirementsOf(entry)]);
        var applicants = Enumerable.Range(
            0,
            entry.Stage == DemoStage.Announced ? 0 : Math.Min(entry.Places + 2, DemoPeople.Trainees.Length)
        );
        foreach (var n in applicants)
        {
            var trainee = DemoPeople.Trainees[(index + n) % DemoPeople.Trainees.Length];
            await DecideAsync(
                programme,
                trainee.Id,
                new Apply
                {
                    CommandId = IdOf(entry.Id, $"{run}apply/{n}"),
                    Cohort = cohort.Id,
                    Name = trainee.Name,
                    Reason = "I want to bring this back to my hospital.",
                }
            );
            foreach (var (by, side) in (firstCome || entry.Stage == DemoStage.Applied) ? [] : Reviewers)
                await DecideAsync(
                    programme,
                    by,
                    new ReviewApplication
                    {
                        CommandId = IdOf(entry.Id, $"{run}review/{n}/{by}"),
                        Cohort = cohort.Id,
                        Person = trainee.Id,
                        Score = 3 + (n % 3),
                        Recommendation = Recommendation.Recommend,
                        Side = side,
                    }
                );
        }
        if (!firstCome && entry.Stage > DemoStage.Applied)
            await DecideAsync(
                programme,
                Director,
                new RankApplications
                {
                    CommandId = IdOf(entry.Id, run + "rank"),
                    Cohort = cohort.Id,
                    People = [.. applicants.Select(n => DemoPeople.Trainees[(index + n) % DemoPeople.Trainees.Length].Id)],
                }
            );
        if (!firstCome && entry.Stage is DemoStage.Offered or DemoStage.Accepted)
        {
            await EditAsync(programme, entry.Id, run + "close", [open with { ApplyBy = now.AddMinutes(-1) }]);
            await DecideAsync(programme, Director, new OfferPlaces { CommandId = IdOf(entry.Id, run + "offer"), Cohort = cohort.Id });
        }
        if (!firstCome && entry.Stage == DemoStage.Accepted)
            foreach (var n in applicants.Take(entry.Places))
                await DecideAsync(
                    programme,
                    DemoPeople.Trainees[(index + n) % DemoPeople.Trainees.Length].Id,
                    new AnswerOffer
                    {
                        CommandId = IdOf(entry.Id, $"{run}answer/{n}"),
                        Cohort = cohort.Id,
                        Accept = true,
                    }
                );
        await EditAsync(programme, entry.Id, run + "dates", [cohort]);
        return cohort.Id;
    }

    private static readonly ImmutableArray<(PersonId By, ReviewSide Side)> Reviewers =
    [
        (Director, ReviewSide.Network),
        (Reviewer, ReviewSide.Partner),
    ];

    private static IEnumerable<IRecord> RequirementsOf(DemoEntry entry)
    {
        yield return new ProgrammeRequirement(
            "licence",
            DocumentKind.Licence,
            new("Licence of the home country", "ترخيص بلد الموطن", "본국 면허"),
            Lasts: true,
            Responsible.Trainee
        );
        if (!entry.AtPartner)
            yield break;
        yield return new ProgrammeRequirement("visa", DocumentKind.Visa, new("Visa", "تأشيرة", "비자"), Lasts: true, Responsible.Sender);
        yield return new ProgrammeRequirement(
            "insurance",
            DocumentKind.Insurance,
            new("Liability insurance", "تأمين المسؤولية", "배상책임보험"),
            Lasts: true,
            Responsible.Host
        );
        yield return new ProgrammeRequirement(
            "hepatitis",
            DocumentKind.Immunisation,
            new("Immunisation against hepatitis B", "التطعيم ضد التهاب الكبد ب", "B형 간염 예방접종"),
            Lasts: false,
            Responsible.Trainee
        );
        if (entry.Kind == ProgrammeKind.Fellowship)
            yield return new ProgrammeRequirement(
                "limited-practice",
                DocumentKind.LimitedPractice,
                new("Approval for limited medical practice", "الموافقة على ممارسة طبية محدودة", "제한적 의료행위 승인"),
                Lasts: true,
                Responsible.Host,
                MostMonths: 12,
                Conditions: "At least 3 years' experience, at least 3 months of training before, a named training specialist.",
                Source: "Ministry of Health and Welfare (Korea), as reported by koreabiomed.com, 2019-12-06"
            );
    }

    /// <summary>The first trainee has some papers: one checked, one that lapses early, and others that are missing.</summary>
    private static async Task PapersAsync(IGrainFactory grains, DateOnly today)
    {
        var trainee = DemoPeople.Trainees[0];
        var dossier = grains.GetGrain<IDossierGrain>(trainee.Id.Value);
        var licence = new DossierDocument(
            "licence",
            DocumentKind.Licence,
            "MOHAP licence, internal medicine",
            "Ministry of Health and Prevention",
            "File 2231",
            today.AddYears(-2),
            today.AddYears(3)
        );
        await EnterAsync(grains, trainee.Id, licence, InsuranceFrom(today, today.AddMonths(4)));
        await dossier.CheckDocumentAsync(new(Director, Role.ProgrammeDirector), "licence", RecordTag.Of(licence));
    }

    /// <summary>The insurance of somebody who is in a fellowship lapses soon.</summary>
    private static async Task LapseAsync(IGrainFactory grains, DateOnly today)
    {
        var fellowship = await grains.GetGrain<IProgrammeGrain>("fellowship-stroke").GetAsync();
        if (fellowship?.Applications.Values.FirstOrDefault(a => a.Status == ApplicationStatus.Accepted) is { } fellow)
            await EnterAsync(grains, fellow.Person, InsuranceFrom(today, today.AddDays(25)));
    }

    private static DossierDocument InsuranceFrom(DateOnly today, DateOnly until) =>
        new("insurance", DocumentKind.Insurance, "Liability insurance", "Example Insurance", "Policy 77-120", today.AddMonths(-1), until);

    private static async Task EnterAsync(IGrainFactory grains, PersonId person, params DossierDocument[] papers)
    {
        var command = new EditRecords(IdOf("papers", person.Value), [.. papers.Select(paper => RecordEdit.Put(paper))]);
        if (await grains.GetGrain<IDossierGrain>(person.Value).EditAsync(new(person, Role.Trainee), command) is RecordsRefused refused)
            throw new RecordsRefusedException(refused);
    }

    internal static async Task EditAsync(
        IProgrammeGrain programme,
        string id,
        string what,
        IEnumerable<IRecord> records,
        string? reason = null
    )
    {
        var command = new EditRecords(IdOf(id, what), [.. records.Select(r => RecordEdit.Put(r))], reason);
        if (await programme.EditAsync(Actor.System, command) is RecordsRefused refused)
            throw new RecordsRefusedException(refused);
    }

    private static async Task DecideAsync(IProgrammeGrain programme, PersonId by, ProgrammeCommand command)
    {
        if ((await programme.DecideAsync(new(by, Role.Trainee), command)).Refusal is { } refusal)
            throw new InvalidOperationException($"{programme.GetPrimaryKeyString()}: {refusal.Message}");
    }

    private static string Month(string culture, DateOnly day) => day.ToString("Y", CultureInfo.GetCultureInfo(culture));

    private static DateTimeOffset Earlier(DateTimeOffset at, DateOnly day) =>
        new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero) is var begins && begins < at ? begins : at;

    internal static Guid IdOf(string programme, string what) =>
        new(SHA256.HashData(Encoding.UTF8.GetBytes($"demo/{programme}/{what}")).AsSpan(0, 16));
}
