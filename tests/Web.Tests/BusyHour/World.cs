using ConsultHub.Conferences;
using ConsultHub.Consultants;
using ConsultHub.Directories;
using ConsultHub.Hospitals;
using ConsultHub.Networks;
using ConsultHub.Records;
using ConsultHub.Tests.Fixtures;
using ConsultHub.Web;

namespace ConsultHub.Tests.BusyHour;

/// <summary>The network and the conference for one run of a list of steps. Each run gets new ones.</summary>
internal sealed class World(int number)
{
    public static readonly Week FirstWeek = new(2027, 10);
    private static readonly TimeZoneInfo Dubai = TimeZoneInfo.FindSystemTimeZoneById(Zone);
    private const string Zone = "Asia/Dubai";

    /// <summary>Sunday evening before the first week.</summary>
    public static DateTimeOffset Begin { get; } = FirstWeek.StartIn(Dubai).AddHours(-4);

    /// <summary>The weeks in which something can happen.</summary>
    public static IReadOnlyList<Week> Weeks { get; } = [FirstWeek.Previous, FirstWeek, FirstWeek.Next, FirstWeek.Next.Next];

    public NetworkId Network { get; } = new($"net{number}");

    public ConferenceId Conference { get; } = new($"congress{number}");

    public IReadOnlyList<HospitalId> Hospitals => [.. Enumerable.Range(0, Steps.Hospitals).Select(i => new HospitalId($"{Network}-h{i}"))];

    public IReadOnlyList<PersonId> Consultants => [.. Enumerable.Range(0, Steps.Consultants).Select(i => new PersonId($"{Network}-c{i}"))];

    public IReadOnlyList<PersonId> Attendees => [.. Enumerable.Range(0, Steps.Attendees).Select(i => new PersonId($"{Network}-a{i}"))];

    /// <summary>Two coordinators, of whom the second is on call.</summary>
    public IReadOnlyList<PersonId> Coordinators => [new($"{Network}-k0"), new($"{Network}-k1")];

    public static RoomId Room(int number) => new($"r{number}");

    /// <summary>The name of a room. Rooms 0 and 1 are in the first hospital. Room 2 belongs only to the conference.</summary>
    public static string ProgrammeRoom(int number) =>
        number switch
        {
            0 => "Hall",
            1 => "Seminar",
            _ => "Foyer",
        };

    public SessionId Session(int number) => new($"{Conference}-s{number}");

    public EngagementId EngagementOf(SessionId session) => new($"s-{Conference}-{session}");

    public Member Viewer(PersonId person) =>
        new(
            person,
            Coordinators.Contains(person) ? Role.Coordinator
                : Consultants.Contains(person) ? Role.Consultant
                : Role.Attendee,
            Network
        );

    public static (DateTimeOffset Start, DateTimeOffset End) At(Slot slot)
    {
        var start = FirstWeek.StartIn(Dubai).AddDays(slot.Day).AddMinutes(15 * slot.Quarter);
        return (start, start.AddMinutes(15 * slot.Quarters));
    }

    public static Week WeekOf(DateTimeOffset start) => Week.Of(start, Dubai);

    public async Task BuildAsync(IGrainFactory grains)
    {
        var actor = new Actor(Coordinators[0], Role.Coordinator);
        var (from, to) = (Begin.AddDays(-60), Begin.AddDays(120));
        await grains
            .GetGrain<INetworkGrain>(Network.Value)
            .PutAsync(
                actor,
                new Network
                {
                    Id = Network,
                    Name = new("Busy network"),
                    TimeZone = Zone,
                    Travel = [new(Hospitals[0], Hospitals[1], 40)],
                    Rota = [new(Coordinators[1], from, to)],
                }
            );
        foreach (var id in Hospitals)
            await grains
                .GetGrain<IHospitalGrain>(id.Value)
                .PutAsync(
                    actor,
                    new Hospital
                    {
                        Id = id,
                        Network = Network,
                        Name = new(id.Value),
                        City = "Dubai",
                        TimeZone = Zone,
                        Rooms = [.. Enumerable.Range(0, Steps.Rooms).Select(i => new Room(Room(i), new($"Room {i}"), 50))],
                    }
                );
        foreach (var id in Consultants)
            await grains
                .GetGrain<IConsultantGrain>(id.Value)
                .PutAsync(
                    actor,
                    new Consultant
                    {
                        Id = id,
                        Name = new($"Dr {id.Value}"),
                        Specialties = ["cardiology"],
                        Languages = ["en"],
                        HomeTimeZone = "Asia/Seoul",
                        Credentials = [.. Hospitals.Select(h => new Credential(h, "cardiology", from, to))],
                        Visits = [new(new($"v-{id}"), Network, from, to)],
                    }
                );
        await ListAsync(grains, "hospitals", Hospitals.Select(h => h.Value));
        await ListAsync(grains, "consultants", Consultants.Select(c => c.Value));
        await ListAsync(grains, "people", Coordinators.Concat(Attendees).Select(p => p.Value));
        await grains.GetGrain<IConferenceGrain>(Conference.Value).ImportAsync(actor, Guid.NewGuid(), Programme());
        await grains.GetGrain<IConferenceGrain>(Conference.Value).SetPublicAsync(actor, true);
    }

    private Task ListAsync(IGrainFactory grains, string kind, IEnumerable<string> ids) =>
        grains.GetGrain<IDirectoryGrain>($"{Network}/{kind}").PutAsync([.. ids.Select(id => new DirectoryEntry(id, new(id)))]);

    /// <summary>Six of the eight sessions use a room of the network, and every second session has a consultant as its speaker.</summary>
    private Programme Programme()
    {
        var header = new Conference
        {
            Id = Conference,
            Network = Network,
            Title = "Busy congress",
            TimeZone = Zone,
            FirstDay = FirstWeek.Monday,
            LastDay = FirstWeek.Monday.AddDays(3),
            Rooms = [new(ProgrammeRoom(0), Hospitals[0], Room(3)), new(ProgrammeRoom(1), Hospitals[0], Room(2)), new(ProgrammeRoom(2))],
        };
        return new(header, [.. Enumerable.Range(0, Steps.Sessions).Select(Session)], []);

        ConferenceSession Session(int i) =>
            new()
            {
                Id = this.Session(i),
                SourceId = $"{100 + i}",
                Title = $"Session {i}",
                Start = At(new(i % 4, 36 + (i / 4 * 12), 4)).Start,
                Duration = TimeSpan.FromHours(1),
                Room = ProgrammeRoom(i % 3),
                Day = FirstWeek.Monday.AddDays(i % 4),
                Speakers = i % 2 == 0 ? [new Speaker($"Dr {Consultants[i % 5]}", null, Consultants[i % 5])] : [new Speaker($"Guest {i}")],
            };
    }
}
