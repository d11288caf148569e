using ConsultHub.Attendance;
using ConsultHub.Conferences;

namespace ConsultHub.Silo.Demo;

/// <summary>
/// Credit in the demo: two invented accrediting bodies with invented rules, and one attendee. The attendee was in the lecture hall for
/// every session there that is over when the demo is filled.
/// </summary>
internal static class DemoCredit
{
    private static readonly CreditPolicy[] Policies =
    [
        new()
        {
            Id = new("gulf-learning"),
            Name = new("Gulf Forum for Clinical Learning", "الملتقى الخليجي للتعلم السريري", "걸프 임상학습 포럼"),
            Unit = new("one:CPD credit||other:CPD credits", "few:نقاط تطوير مهني||other:نقطة تطوير مهني", "CPD 평점"),
            PerHour = 1,
            MinimumShare = 0.8m,
            MinimumMinutes = 15,
            DayCap = 6,
            Live = true,
            Recorded = false,
            InPerson = true,
            Step = 0.25m,
            Rounding = CreditRounding.Down,
        },
        new()
        {
            Id = new("hangang-learning"),
            Name = new("Hangang Society for Medical Learning", "جمعية هانغانغ للتعلم الطبي", "한강의학학습회"),
            Unit = new("one:point||other:points", "few:نقاط||other:نقطة", "점"),
            PerHour = 1,
            MinimumShare = 0.7m,
            MinimumMinutes = 30,
            DayCap = 5,
            Live = true,
            Recorded = true,
            InPerson = true,
            Step = 0.5m,
            Rounding = CreditRounding.Nearest,
        },
    ];

    public static async Task SeedAsync(IGrainFactory grains, ConferenceId congress, DateTimeOffset now)
    {
        var policies = grains.GetGrain<ICreditPoliciesGrain>(DemoPeople.Network.Value);
        if (await policies.GetAsync() is { Policies.IsEmpty: true } none)
            await policies.PutAsync(Actor.System, none with { Policies = [.. Policies] });
        var sessions = (await grains.GetGrain<IConferenceGrain>(congress.Value).ReadSinceAsync(null)).Items.OfType<ConferenceSession>();
        foreach (var session in sessions.Where(s => s.Start + s.Duration <= now && s.Room == DemoCongress.Hall).OrderBy(s => s.Start))
            await grains
                .GetGrain<IAttendanceGrain>(session.Id.Value)
                .CheckInAsync(Actor.System, congress, new("p-attendee"), session.Start!.Value);
    }
}
