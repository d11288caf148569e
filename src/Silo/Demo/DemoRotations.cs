using System.Collections.Immutable;
using ConsultHub.Programmes;
using ConsultHub.Records;

namespace ConsultHub.Silo.Demo;

/// <summary>
/// Rotations and logbooks of people who have a place: a fellowship that has begun in Seoul, and a training that will begin at a hospital.
/// </summary>
internal static class DemoRotations
{
    private static readonly PersonId Supervisor = new("p-supervisor");

    private static readonly ImmutableArray<ProgrammeActivity> Activities =
    [
        new(
            "thrombolysis",
            new("Thrombolysis in acute stroke", "إذابة الخثرة في السكتة الحادة", "급성 뇌졸중 혈전용해"),
            20,
            EntrustmentLevel.Unsupervised
        ),
        new(
            "duplex",
            new("Duplex ultrasound of neck arteries", "تصوير شرايين العنق بالدوبلر", "경동맥 초음파"),
            30,
            EntrustmentLevel.IndirectSupervision
        ),
        new(
            "handover",
            new("Handover of a stroke team", "تسليم مناوبة فريق السكتة", "뇌졸중팀 인수인계"),
            0,
            EntrustmentLevel.Unsupervised
        ),
    ];

    /// <summary>After <see cref="DemoProgrammes"/>. Nothing happens for programmes in which nobody has a place.</summary>
    public static async Task SeedAsync(IGrainFactory grains, DateTimeOffset now)
    {
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var busy = await PlanAsync(
            grains,
            [],
            "fellowship-stroke",
            [
                new("stroke-unit", new("Stroke unit", "وحدة السكتة", "뇌졸중 집중치료실"), null, 1, "neurology"),
                new("neuro-icu", new("Neurological intensive care", "العناية العصبية المركزة", "신경계 중환자실"), null, 2),
                new("rehabilitation", new("Rehabilitation", "التأهيل", "재활의학과"), null, 2),
            ],
            Activities
        );
        await PlanAsync(
            grains,
            busy,
            "training-icu-nurses",
            [new("icu", new("Intensive care unit", "وحدة العناية المركزة", "중환자실"), null, 2)],
            [new("ventilation", new("Care of ventilated patients", "رعاية مرضى التنفس الاصطناعي", "인공호흡기 환자 간호"), 10, null)]
        );
        await LogAsync(grains, "fellowship-stroke", today);
    }

    /// <param name="busy">People who are in another programme at that time.</param>
    /// <returns>The people who are planned.</returns>
    private static async Task<ImmutableArray<PersonId>> PlanAsync(
        IGrainFactory grains,
        ImmutableArray<PersonId> busy,
        string id,
        ImmutableArray<Department> departments,
        ImmutableArray<ProgrammeActivity> activities
    )
    {
        var grain = grains.GetGrain<IProgrammeGrain>(id);
        if (await grain.GetAsync() is not { } programme)
            return [];
        departments =
        [
            .. departments.Select(d => d with { Hospital = programme.Profile.AtPartner ? null : programme.Profile.Hospitals[0] }),
        ];
        var accepted = programme
            .Applications.Values.Where(a => a.Status == ApplicationStatus.Accepted && !busy.Contains(a.Person))
            .ToList();
        var rotations = ImmutableArray.CreateBuilder<Rotation>();
        for (var n = 0; n < accepted.Count; n++)
        {
            var cohort = programme.Find(accepted[n].Cohort)!;
            var days = cohort.To.DayNumber - cohort.From.DayNumber + 1;
            // Each person begins in another department, so that nowhere are too many.
            for (var part = 0; part < departments.Length; part++)
            {
                var department = departments[(n + part) % departments.Length];
                if (departments.Length == 1 && n >= department.Capacity)
                    continue;
                rotations.Add(
                    new(
                        $"r{n + 1}-{part + 1}",
                        cohort.Id,
                        accepted[n].Person,
                        department.Id,
                        cohort.From.AddDays(days * part / departments.Length),
                        cohort.From.AddDays((days * (part + 1) / departments.Length) - 1),
                        // The supervisor's role is limited to the partner.
                        programme.Profile.AtPartner
                            ? Supervisor
                            : programme.Profile.Director
                    )
                );
            }
        }
        await DemoProgrammes.EditAsync(grain, id, "rotations", [.. departments, .. activities, .. rotations], "Papers follow.");
        return [.. accepted.Select(a => a.Person)];
    }

    /// <summary>What the first person has done so far: some cases are signed, some are not, and one activity is judged.</summary>
    private static async Task LogAsync(IGrainFactory grains, string id, DateOnly today)
    {
        if (
            await grains.GetGrain<IProgrammeGrain>(id).GetAsync() is not { } programme
            || programme.Rotations.FirstOrDefault(r => r.From < today) is not { } rotation
        )
            return;
        var logbook = grains.GetGrain<ILogbookGrain>($"{id}/{rotation.Cohort}/{rotation.Person}");
        for (var n = 0; n < 6 && rotation.From.AddDays(n * 3) <= today; n++)
            await DecideAsync(
                logbook,
                rotation.Person,
                new LogCases
                {
                    CommandId = DemoProgrammes.IdOf(id, $"log/{n}"),
                    Entry = $"demo-{n + 1}",
                    Activity = Activities[n % 2].Id,
                    Day = rotation.From.AddDays(n * 3),
                    Cases = 1 + (n % 3),
                    Role = (CaseRole)(n % 4),
                }
            );
        await DecideAsync(logbook, Supervisor, new SignCases { CommandId = DemoProgrammes.IdOf(id, "sign"), Entries = ["demo-1"] });
        await DecideAsync(
            logbook,
            Supervisor,
            new Entrust
            {
                CommandId = DemoProgrammes.IdOf(id, "entrust"),
                Activity = Activities[0].Id,
                Level = EntrustmentLevel.DirectSupervision,
                Reason = "Calm and exact at the bedside. Next: decide alone when to treat.",
            }
        );
    }

    private static async Task DecideAsync(ILogbookGrain logbook, PersonId by, LogbookCommand command)
    {
        if ((await logbook.DecideAsync(new(by, Role.Supervisor), command)).Refusal is { } refusal)
            throw new InvalidOperationException($"{logbook.GetPrimaryKeyString()}: {refusal.Message}");
    }
}
