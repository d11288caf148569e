using ConsultHub.Conferences;
using ConsultHub.Rostering;

namespace ConsultHub.Silo.Demo;

/// <summary>
/// The demo's congress. Its sessions use rooms of the network and visiting consultants, so they are booked in the rosters.
/// </summary>
internal static class DemoCongress
{
    public const string Hall = "Lecture hall";
    public static readonly ConferenceId Id = new("demo-congress");
    private static readonly string[] Tracks = ["Heart and vessels", "Surgery", "Medicine", "Education"];
    private static readonly string[] Titles =
    [
        "{0}: what Seoul and the Emirates can learn from each other",
        "Ten years of {1} at Asan",
        "{0} in practice: three cases",
        "How we organise {1}",
        "{0}: results and open questions",
        "Teaching {1} at the bedside",
        "When {1} goes wrong",
        "{0} for a travelling patient",
        "The next five years of {1}",
    ];
    private static readonly (string Name, string Room)[] Rooms = [(Hall, "hall"), ("Seminar room", "seminar")];

    public static async Task ImportAsync(IGrainFactory grains, DemoData data, int seed)
    {
        var random = new Random(seed + 7);
        List<ConferenceSession> sessions = [];
        var speakers = data.CongressSpeakers.ToList();
        for (var day = 0; day < DemoData.CongressDays; day++)
        {
            var start = data.CongressStart.AddDays(day).AddHours(9);
            for (var slot = 0; slot < 7; slot++)
            {
                for (var room = 0; room < Rooms.Length; room++)
                {
                    // Speakers take turns, so that nobody speaks in two rooms at once.
                    var speaker = speakers[((slot * Rooms.Length) + room + (day * 3)) % speakers.Count];
                    var topic = DemoData.Topics(speaker.Specialties[0])[random.Next(3)];
                    var number = sessions.Count + 1;
                    sessions.Add(
                        new ConferenceSession
                        {
                            Id = new($"s{number:00}"),
                            SourceGuid = $"demo-{number}",
                            Title = TitleOf(topic, number),
                            Kind = number % 3 == 0 ? "lecture" : "session",
                            Abstract = "Cases, results and open questions from both sides, with time for discussion.",
                            Start = start.AddMinutes(slot * 60).ToUniversalTime(),
                            Duration = TimeSpan.FromMinutes(45),
                            Room = Rooms[room].Name,
                            Track = TrackOf(speaker.Specialties[0], number),
                            Language = number % 5 == 0 ? "ko" : "en",
                            Speakers = [new Speaker(speaker.Name.En, speaker.Id.Value, speaker.Id)],
                            Day = DateOnly.FromDateTime(start.DateTime),
                        }
                    );
                }
            }
        }
        var conference = new Conference
        {
            Id = Id,
            Network = data.Network.Id,
            Title = "Emirates–Korea Clinical Congress",
            TimeZone = data.Network.TimeZone,
            FirstDay = DateOnly.FromDateTime(data.CongressStart.DateTime),
            LastDay = DateOnly.FromDateTime(data.CongressStart.AddDays(DemoData.CongressDays - 1).DateTime),
            Rooms = [.. Rooms.Select(r => new ConferenceRoom(r.Name, DemoData.CongressHospital, new RoomId(r.Room)))],
            Tracks = [.. Tracks],
        };
        var congress = grains.GetGrain<IConferenceGrain>(Id.Value);
        await congress.ImportAsync(
            Actor.System,
            DemoPlan.Id(seed, Week.Of(conference.FirstDay.Value), 0, 9),
            new Programme(conference, [.. sessions], [])
        );
        await congress.SetRegistrationAsync(Actor.System, new(Open: true));
    }

    private static string TitleOf(string topic, int number)
    {
        // Within a sentence a topic begins with a small letter, unless it is an abbreviation.
        var within = topic.Length > 1 && char.IsLower(topic[1]) ? char.ToLowerInvariant(topic[0]) + topic[1..] : topic;
        return Titles[number % Titles.Length]
            .Replace("{0}", topic, StringComparison.Ordinal)
            .Replace("{1}", within, StringComparison.Ordinal);
    }

    private static string TrackOf(string specialty, int number) =>
        specialty switch
        {
            _ when number % 6 == 0 => Tracks[3],
            "cardiology" or "cardiac-surgery" => Tracks[0],
            "neurosurgery" or "orthopaedics" or "transplantation" or "urology" => Tracks[1],
            _ => Tracks[2],
        };
}
