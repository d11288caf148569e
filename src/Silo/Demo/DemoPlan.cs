using System.Collections.Immutable;
using ConsultHub.Consultants;
using ConsultHub.Hospitals;
using ConsultHub.Rostering;

namespace ConsultHub.Silo.Demo;

/// <summary>
/// Plans one week of the demo. A consultant works at no more than one hospital a day, within its hours and in free rooms, so that no
/// engagement breaks a rule.
/// </summary>
public static class DemoPlan
{
    private static readonly ImmutableArray<EngagementKind> ByDay =
    [
        EngagementKind.ClinicalVisit,
        EngagementKind.ClinicalVisit,
        EngagementKind.Consultation,
        EngagementKind.Consultation,
        EngagementKind.ClinicalEvaluation,
        EngagementKind.TreatmentPlanFollowUp,
        EngagementKind.RemoteSecondOpinion,
        EngagementKind.ClinicalTeaching,
        EngagementKind.Lecture,
        EngagementKind.Workshop,
        EngagementKind.Training,
        EngagementKind.Operation,
    ];

    private static readonly int[] Lengths = [30, 45, 60, 60, 90];

    /// <param name="offset">The number of weeks from the current week to <paramref name="week"/>. It is part of the seed, so that the demo
    /// looks similar whenever it starts. The days of the congress also change the plans.</param>
    public static IEnumerable<Plan> Week(DemoData data, Week week, int seed, int offset)
    {
        var speakers = data.CongressSpeakers.Select(c => c.Id).ToHashSet();
        return Week(
            data,
            week,
            seed,
            new((seed * 31) + offset),
            ByDay,
            (consultant, midnight) => !(data.HasCongress(midnight) && speakers.Contains(consultant.Id))
        );
    }

    /// <param name="kinds">Each is as likely as its share of the list.</param>
    /// <param name="works">Whether a consultant may work on the day that begins at an instant.</param>
    internal static IEnumerable<Plan> Week(
        DemoData data,
        Week week,
        int seed,
        Random random,
        ImmutableArray<EngagementKind> kinds,
        Func<Consultant, DateTimeOffset, bool> works
    )
    {
        Dictionary<(HospitalId, RoomId), List<(DateTimeOffset Start, DateTimeOffset End)>> rooms = [];
        var number = 0;
        for (var day = 0; day < 7; day++)
        {
            var date = week.Monday.AddDays(day);
            var midnight = DemoData.MidnightOf(date);
            var congress = data.HasCongress(midnight);
            foreach (var consultant in data.Consultants)
            {
                if (!works(consultant, midnight))
                    continue;
                var place = consultant.Credentials[random.Next(DemoData.Places)].Hospital;
                var hospital = data.Hospitals.First(h => h.Id == place);
                if (hospital.Hours.FirstOrDefault(h => h.Day == date.DayOfWeek) is not { } hours || random.Next(10) == 0)
                    continue;
                foreach (var plan in Day(random, kinds, consultant, hospital, midnight, hours, rooms, congress))
                    yield return plan with
                    {
                        Engagement = new($"e-{week.ToString().ToLowerInvariant()}-{++number:0000}"),
                        CommandId = Id(seed, week, number, 0),
                    };
            }
        }
    }

    private static IEnumerable<Plan> Day(
        Random random,
        ImmutableArray<EngagementKind> kinds,
        Consultant consultant,
        Hospital hospital,
        DateTimeOffset midnight,
        WorkingHours hours,
        Dictionary<(HospitalId, RoomId), List<(DateTimeOffset Start, DateTimeOffset End)>> rooms,
        bool congress
    )
    {
        var specialty = consultant.Specialties[0];
        var (at, closes) = (
            midnight + hours.Opens.ToTimeSpan() + TimeSpan.FromMinutes(15 * random.Next(5)),
            midnight + hours.Closes.ToTimeSpan()
        );
        var most = 2 + random.Next(2);
        for (var i = 0; i < most; i++)
        {
            var end = at.AddMinutes(Lengths[random.Next(Lengths.Length)]);
            if (end > closes)
                yield break;
            var kind = kinds[random.Next(kinds.Length)];
            var free = RoomsFor(kind, congress && hospital.Id == DemoData.CongressHospital)
                .Where(r => !rooms.TryGetValue((hospital.Id, r), out var taken) || taken.TrueForAll(t => t.End <= at || end <= t.Start))
                .ToList();
            if (kind == EngagementKind.RemoteSecondOpinion || free.Count > 0)
            {
                RoomId? room = kind == EngagementKind.RemoteSecondOpinion ? null : free[random.Next(free.Count)];
                if (room is { } taken)
                    (rooms.TryGetValue((hospital.Id, taken), out var list) ? list : rooms[(hospital.Id, taken)] = []).Add((at, end));
                var topics = DemoData.Topics(specialty);
                yield return new Plan
                {
                    CommandId = Guid.Empty,
                    Engagement = default,
                    Quiet = true,
                    Kind = kind,
                    Title = topics[random.Next(topics.Count)],
                    Hospital = hospital.Id,
                    Room = room,
                    Consultants = [consultant.Id],
                    Specialty = specialty,
                    Start = at.ToUniversalTime(),
                    End = end.ToUniversalTime(),
                    Confirmed = random.Next(4) != 0,
                    CaseReference = kind is EngagementKind.Consultation or EngagementKind.RemoteSecondOpinion or EngagementKind.Operation
                        ? $"C-{random.Next(10_000, 99_999)}"
                        : null,
                    Attendees = kind is EngagementKind.Lecture or EngagementKind.Workshop or EngagementKind.Training
                        ? 8 + random.Next(28)
                        : null,
                    Needs = kind is EngagementKind.Lecture or EngagementKind.Workshop or EngagementKind.Training ? ["Projector"] : [],
                };
            }
            at = end.AddMinutes(15 * (1 + random.Next(5)));
        }
    }

    private static IEnumerable<RoomId> RoomsFor(EngagementKind kind, bool congress)
    {
        string[] names = kind switch
        {
            EngagementKind.Lecture or EngagementKind.Workshop or EngagementKind.Training => congress ? [] : ["seminar", "hall"],
            EngagementKind.ClinicalTeaching => ["ward", "clinic-4"],
            EngagementKind.Operation => ["theatre"],
            _ => ["clinic-1", "clinic-2", "clinic-3", "clinic-4", "ward"],
        };
        return names.Select(n => new RoomId(n));
    }

    /// <summary>Gives the same command the same id each time the seeding is repeated.</summary>
    public static Guid Id(int seed, Week week, int number, byte step)
    {
        Span<byte> bytes = stackalloc byte[16];
        BitConverter.TryWriteBytes(bytes, seed);
        BitConverter.TryWriteBytes(bytes[4..], (week.Year * 100) + week.Number);
        BitConverter.TryWriteBytes(bytes[8..], number);
        bytes[12] = step;
        bytes[15] = 0xDE;
        return new Guid(bytes);
    }
}
