using System.Collections.Immutable;
using System.Text.Json;
using ConsultHub.Consultants;
using ConsultHub.Hospitals;
using ConsultHub.Networks;

namespace ConsultHub.Silo.Demo;

/// <summary>
/// The demo network: the hospitals of Emirates Health Services, a partner in Seoul, and invented consultants. The names and approximate
/// places of the hospitals are facts, but their rooms and hours are invented. The same seed always gives the same people. Only the dates
/// depend on today.
/// </summary>
public sealed class DemoData
{
    /// <summary>The hospital in which the congress takes place.</summary>
    public static readonly HospitalId CongressHospital = new("al-qassimi");

    public const int CongressDays = 3,
        Speakers = 14;

    /// <summary>The number of hospitals at which each consultant works. A speaker also works at the congress's hospital.</summary>
    public const int Places = 4;

    private const int Visiting = 46,
        Hosts = 20;
    private const string TimeZone = "Asia/Dubai";

    private static readonly PartnerId Asan = new("asan");

    private static readonly DemoFile File = Read();
    private static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById(TimeZone);
    private readonly int _seed;
    private readonly DateTimeOffset _today;

    /// <param name="today">The local midnight at which today begins in the network's time zone.</param>
    public DemoData(int seed, DateTimeOffset today)
    {
        (_seed, _today) = (seed, today);
        Hospitals = [.. File.Hospitals.Select(ToHospital)];
        Consultants = [.. MakeConsultants()];
        Hospitals = DemoLedger.With(Hospitals, Consultants, DateOnly.FromDateTime(today.DateTime));
        Network = MakeNetwork();
    }

    public Network Network { get; }
    public ImmutableArray<Hospital> Hospitals { get; }
    public ImmutableArray<Consultant> Consultants { get; }

    /// <summary>Visiting consultants who speak at the congress and have no other engagement on its days.</summary>
    public IEnumerable<Consultant> CongressSpeakers => Consultants.Take(Speakers);

    /// <summary>The congress begins today, so that a visitor finds it running.</summary>
    public DateTimeOffset CongressStart => _today;

    /// <summary>Whether a day of the congress begins at an instant.</summary>
    public bool HasCongress(DateTimeOffset midnight) => midnight >= CongressStart && midnight < CongressStart.AddDays(CongressDays);

    /// <summary>The instant at which a day begins in the network.</summary>
    public static DateTimeOffset MidnightOf(DateOnly day)
    {
        var midnight = day.ToDateTime(TimeOnly.MinValue);
        return new(midnight, Zone.GetUtcOffset(midnight));
    }

    public static IReadOnlyList<string> Topics(string specialty) => File.Topics[specialty];

    private Network MakeNetwork() =>
        new()
        {
            Id = DemoPeople.Network,
            Name = new("Emirates Health Services", "مؤسسة الإمارات للخدمات الصحية", "에미리트 보건청"),
            TimeZone = TimeZone,
            Partners = [new(Asan, new("Asan Medical Center", "مركز أسان الطبي", "서울아산병원"), "Asia/Seoul")],
            PartnerHolidays =
            [
                .. Enumerable
                    .Range(CongressStart.Year, 2)
                    .SelectMany(
                        year =>
                            ((int Month, int Day, string Name)[])
                                [
                                    (1, 1, "New Year's Day"),
                                    (3, 1, "Independence Movement Day"),
                                    (5, 5, "Children's Day"),
                                    (12, 25, "Christmas Day"),
                                ],
                        (year, day) => new PartnerHoliday(Asan, new(year, day.Month, day.Day), new(year, day.Month, day.Day), day.Name)
                    ),
            ],
            Travel =
            [
                .. from a in Hospitals
                from b in Hospitals
                where string.CompareOrdinal(a.Id.Value, b.Id.Value) < 0
                select new TravelTime(a.Id, b.Id, TravelEstimate.Minutes(a, b)!.Value),
            ],
            Rota =
            [
                .. Enumerable
                    .Range(-14, 60)
                    .Select(day => new OnCallPeriod(
                        new(day % 2 == 0 ? "p-coordinator" : "p-coordinator-2"),
                        _today.AddDays(day),
                        _today.AddDays(day + 1)
                    )),
            ],
        };

    private static Hospital ToHospital(DemoHospital place, int index)
    {
        List<Room> rooms = [];
        for (var i = 1; i <= 4; i++)
            rooms.Add(
                new(new($"clinic-{i}"), new($"Clinic {i}", $"العيادة {i}", $"진료실 {i}"), 6) { Equipment = i == 4 ? ["Ultrasound"] : [] }
            );
        rooms.Add(new(new("theatre"), new("Operating theatre", "غرفة العمليات", "수술실"), 10));
        rooms.Add(new(new("ward"), new("Ward round", "الجولة السريرية", "병동 회진"), 12));
        rooms.Add(
            new(new("seminar"), new("Seminar room", "قاعة الندوات", "세미나실"), 40) { Equipment = ["Projector", "Video conference"] }
        );
        rooms.Add(new(new("hall"), new("Lecture hall", "قاعة المحاضرات", "대강당"), 180) { Equipment = ["Projector", "Microphones"] });
        List<WorkingHours> hours = [];
        foreach (var day in (DayOfWeek[])[DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday])
            hours.Add(new(day, new(8, 0), new(17, 0)));
        hours.Add(new(DayOfWeek.Friday, new(8, 0), new(12, 0)));
        hours.Add(new(DayOfWeek.Saturday, new(8, 0), new(14, 0)));
        if (index % 3 == 0)
            hours.Add(new(DayOfWeek.Sunday, new(9, 0), new(13, 0)));
        return new Hospital
        {
            Id = new(place.Id),
            Network = DemoPeople.Network,
            Name = new(place.En, place.Ar, place.Ko),
            City = place.City,
            TimeZone = TimeZone,
            Latitude = place.Latitude,
            Longitude = place.Longitude,
            Rooms = [.. rooms],
            Hours = [.. hours],
        };
    }

    private IEnumerable<Consultant> MakeConsultants()
    {
        var random = new Random(_seed);
        HashSet<string> taken = [];
        for (var i = 0; i < Visiting + Hosts; i++)
        {
            var korean = i < Visiting;
            var specialty = Specialties.All[i % Specialties.All.Length].Code;
            DemoName given,
                family;
            string id;
            do
            {
                (given, family) = korean
                    ? (Pick(random, File.KoreanGiven), Pick(random, File.KoreanFamily))
                    : (Pick(random, File.ArabicGiven), Pick(random, File.ArabicFamily));
                id = $"c-{family.Id}-{given.Id}";
            } while (!taken.Add(id));
            var name = korean
                ? new LocalName($"{given.En} {family.En}", $"{given.Ar} {family.Ar}", $"{family.Ko}{given.Ko}")
                : new LocalName($"{given.En} {family.En}", $"{given.Ar} {family.Ar}", $"{given.Ko} {family.Ko}");
            // Consultants of one specialty work at the same few hospitals, so that they can replace each other.
            var first = (i % Specialties.All.Length) + (i / Specialties.All.Length % 2);
            var places = Enumerable.Range(first, Places).Select(n => Hospitals[n % Hospitals.Length].Id);
            if (i < Speakers)
                places = places.Append(CongressHospital).Distinct();
            ImmutableArray<Visit> visits = korean
                ? [new(new($"v-{id}"), DemoPeople.Network, _today.AddDays(-21 - random.Next(20)), _today.AddDays(21 + random.Next(60)))]
                : [];
            yield return new Consultant
            {
                Id = new(id),
                Name = name,
                Specialties = [specialty],
                Languages = korean
                    ? i % 4 == 0
                        ? ["ko", "en", "ar"]
                        : ["ko", "en"]
                    : ["ar", "en"],
                Home = korean ? Asan : null,
                HomeTimeZone = korean ? "Asia/Seoul" : "Asia/Dubai",
                Affiliation = korean ? null : DemoPeople.Network,
                Networks = korean ? [DemoPeople.Network] : [],
                Credentials = [.. places.Select(h => new Credential(h, specialty, _today.AddDays(-400), _today.AddDays(400)))],
                Visits = [.. visits, .. visits.SelectMany(v => DemoYear.VisitsBefore(v, i, _today))],
            };
        }
    }

    private static DemoName Pick(Random random, DemoName[] from) => from[random.Next(from.Length)];

    private static DemoFile Read()
    {
        using var stream = typeof(DemoData).Assembly.GetManifestResourceStream("demo.json")!;
        return JsonSerializer.Deserialize<DemoFile>(stream, JsonSerializerOptions.Web)!;
    }

    internal sealed record DemoFile(
        DemoHospital[] Hospitals,
        DemoName[] KoreanGiven,
        DemoName[] KoreanFamily,
        DemoName[] ArabicGiven,
        DemoName[] ArabicFamily,
        Dictionary<string, string[]> Topics
    );

    internal sealed record DemoHospital(string Id, string En, string Ar, string Ko, string City, double Latitude, double Longitude);

    internal sealed record DemoName(string Id, string En, string Ar, string Ko);
}
