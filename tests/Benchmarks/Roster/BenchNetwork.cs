using System.Collections.Immutable;
using ConsultHub.Consultants;
using ConsultHub.Hospitals;
using ConsultHub.Networks;
using ConsultHub.Records;
using ConsultHub.Rostering;

namespace ConsultHub.Benchmarks.Roster;

/// <summary>
/// A week of 1,250 engagements in which every reassignment is allowed. It has 125 pairs of consultants, and each pair has a room of its
/// own. While one of the two works, the other one is free. So an engagement can be reassigned between the two again and again.
/// </summary>
internal static class BenchNetwork
{
    public const int Engagements = 1250;

    private const int Hospitals = 10,
        Pairs = 125,
        Days = 5,
        EngagementsADay = 2;
    private const string Specialty = "cardiology";

    public static readonly NetworkId Id = new("bench");
    public static readonly Actor Coordinator = new(new PersonId("p-coordinator"), Role.Coordinator);

    private static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Dubai");

    /// <summary>The week after next: none of its engagements has begun.</summary>
    public static Week Week { get; } = Week.Of(DateTimeOffset.UtcNow, Zone).Next.Next;

    public static string RosterKey => $"{Id}/{Week}";

    public static EngagementId Engagement(int number) => new($"e-{number}");

    /// <summary>Returns one of the two consultants to whom an engagement is assigned in turn.</summary>
    public static PersonId Consultant(int engagement, bool other) =>
        new($"c-{engagement / (Days * EngagementsADay)}-{((engagement % 2 == 0) == other ? "b" : "a")}");

    /// <summary>Enters the network alone.</summary>
    public static Task EnterAsync(IGrainFactory grains) =>
        grains
            .GetGrain<INetworkGrain>(Id.Value)
            .PutAsync(
                Coordinator,
                new Network
                {
                    Id = Id,
                    Name = new("Bench"),
                    TimeZone = Zone.Id,
                }
            );

    public static async Task PlanAsync(IGrainFactory grains)
    {
        var name = new LocalName("Bench");
        await EnterAsync(grains);
        for (var h = 0; h < Hospitals; h++)
            await grains
                .GetGrain<IHospitalGrain>(Hospital(h).Value)
                .PutAsync(
                    Coordinator,
                    new Hospital
                    {
                        Id = Hospital(h),
                        Network = Id,
                        Name = name,
                        City = "Dubai",
                        TimeZone = Zone.Id,
                        Rooms =
                        [
                            .. Enumerable
                                .Range(0, Pairs)
                                .Where(pair => pair % Hospitals == h)
                                .Select(pair => new Room(Room(pair), name, 20)),
                        ],
                        Hours = [.. Enum.GetValues<DayOfWeek>().Select(day => new WorkingHours(day, new(7, 0), new(22, 0)))],
                    }
                );
        var (from, to) = (Week.StartIn(Zone).AddDays(-14), Week.StartIn(Zone).AddDays(21));
        foreach (var (pair, side) in from pair in Enumerable.Range(0, Pairs) from side in (string[])["a", "b"] select (pair, side))
            await grains
                .GetGrain<IConsultantGrain>($"c-{pair}-{side}")
                .PutAsync(
                    Coordinator,
                    new Consultant
                    {
                        Id = new($"c-{pair}-{side}"),
                        Name = name,
                        HomeTimeZone = "Asia/Seoul",
                        Specialties = [Specialty],
                        Languages = ["en"],
                        Home = new PartnerId("asan"),
                        Credentials = [new(Hospital(pair % Hospitals), Specialty, from, to)],
                        Visits = [new(new VisitId($"v-{pair}-{side}"), Id, from, to)],
                    }
                );
        var roster = grains.GetGrain<IRosterGrain>(RosterKey);
        foreach (var chunk in Enumerable.Range(0, Engagements).Chunk(50))
        foreach (var reply in await Task.WhenAll(chunk.Select(n => roster.DecideAsync(Coordinator, Plan(n)))))
            if (reply is not Decided)
                throw new InvalidOperationException($"The week was not planned: {reply}");
    }

    /// <summary>Returns the command that assigns an engagement to one of its two consultants.</summary>
    public static Assign Reassign(int engagement, bool toOther, long? expected) =>
        new()
        {
            CommandId = Guid.NewGuid(),
            Engagement = Engagement(engagement),
            ExpectedVersion = expected,
            Consultants = [Consultant(engagement, toOther)],
        };

    private static Plan Plan(int number)
    {
        var (pair, engagement) = Math.DivRem(number, Days * EngagementsADay);
        var start = Week.StartIn(Zone).AddDays(engagement / EngagementsADay).AddHours(8 + 2 * (engagement % EngagementsADay));
        return new Plan
        {
            CommandId = Guid.NewGuid(),
            Engagement = Engagement(number),
            Kind = EngagementKind.Consultation,
            Title = $"Consultation {number}",
            Hospital = Hospital(pair % Hospitals),
            Room = Room(pair),
            Consultants = [Consultant(number, other: false)],
            Specialty = Specialty,
            Start = start,
            End = start.AddHours(1),
            Confirmed = true,
        };
    }

    private static HospitalId Hospital(int number) => new($"h-{number}");

    private static RoomId Room(int pair) => new($"r-{pair}");
}
