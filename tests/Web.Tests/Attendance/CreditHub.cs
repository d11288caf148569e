using System.Net.Http.Json;
using ConsultHub.Attendance;
using ConsultHub.Certificates;
using ConsultHub.Conferences;
using ConsultHub.Directories;
using ConsultHub.Lectures;
using ConsultHub.Networks;
using ConsultHub.Records;
using ConsultHub.Tests.Fixtures;
using ConsultHub.Web;
using Microsoft.Extensions.DependencyInjection;

namespace ConsultHub.Tests.Attendance;

/// <summary>A hub in this process with the network ehs and one credit policy. Its conferences ended more than a day ago.</summary>
public sealed class CreditHub : IAsyncLifetime
{
    public static readonly NetworkId Ehs = new("ehs");
    public static readonly AccreditorId Body = new("body");
    public static readonly Member Coordinator = new(new("p-coordinator"), Role.Coordinator, Ehs),
        Noura = new(new("p-noura"), Role.Attendee, Ehs),
        Min = new(new("p-min"), Role.Attendee, Ehs),
        Stranger = new(new("p-stranger"), Role.Coordinator, new("elsewhere"));

    private InProcessHub? _hub;
    private int _conferences;

    /// <summary>The setting <c>Hub:PublicUrl</c>, or null to leave it out.</summary>
    public string? PublicUrl { get; init; }

    /// <summary>The data folder of a restored hub, or null to start with an empty one.</summary>
    public string? Restored { get; init; }

    public string DataPath => Hub.DataPath;

    public IServiceProvider Services => Hub.Services;

    private InProcessHub Hub =>
        _hub ??= Restored is null ? new() { PublicUrl = PublicUrl } : new() { PublicUrl = PublicUrl, DataPath = Restored };

    public IGrainFactory Grains => Services.GetRequiredService<IGrainFactory>();

    public static CreditPolicy Policy { get; } =
        new()
        {
            Id = Body,
            Name = new("The Body", "الهيئة", "학습회"),
            Unit = new("credits", "نقاط", "학점"),
            Recorded = true,
        };

    public async ValueTask InitializeAsync()
    {
        await Grains
            .GetGrain<INetworkGrain>("ehs")
            .PutAsync(
                Coordinator.Actor,
                new Network
                {
                    Id = Ehs,
                    Name = new("Emirates Health", "صحة الإمارات", "에미리트 보건"),
                    TimeZone = "Asia/Dubai",
                }
            );
        await Grains
            .GetGrain<IDirectoryGrain>("ehs/people")
            .PutAsync([
                new("p-noura", new("Noura Al Hammadi", "نورة الحمادي", "누라 알함마디")),
                new("p-min", new("=cmd|' /C calc'!A0, Min")),
            ]);
        Assert.Null(await Grains.GetGrain<ICreditPoliciesGrain>("ehs").PutAsync(Coordinator.Actor, new([Policy])));
    }

    /// <summary>Creates a new conference with three lectures of one hour, one after the other.</summary>
    public async Task<ConferenceId> NewConferenceAsync()
    {
        var id = new ConferenceId($"congress-{Interlocked.Increment(ref _conferences)}");
        var start = DateTimeOffset.UtcNow.AddDays(-1).AddHours(-6);
        var sessions = Enumerable
            .Range(1, 3)
            .Select(i => new ConferenceSession
            {
                Id = new($"{id}-{i}"),
                SourceId = $"{i}",
                Title = $"Lecture {i}",
                Start = start.AddHours(i),
                Duration = TimeSpan.FromHours(1),
                Room = "Hall",
                Day = new(2026, 3, 1),
            });
        var conference = new Conference
        {
            Id = id,
            Network = Ehs,
            Title = "Clinical Congress",
            TimeZone = "Asia/Dubai",
            Rooms = [new("Hall")],
        };
        await Grains
            .GetGrain<IConferenceGrain>(id.Value)
            .ImportAsync(Coordinator.Actor, Guid.NewGuid(), new Programme(conference, [.. sessions], []));
        return id;
    }

    /// <summary>Checks a person in as the desk at the door does.</summary>
    public async Task CheckInAsync(ConferenceId conference, int lecture, Member who, TimeSpan late = default)
    {
        var session = (await Grains.GetGrain<IConferenceGrain>(conference.Value).GetSessionAsync(new($"{conference}-{lecture}")))!;
        Assert.Null(
            await Grains
                .GetGrain<IAttendanceGrain>(session.Id.Value)
                .CheckInAsync(Coordinator.Actor, conference, who.Person, session.Start!.Value + late)
        );
    }

    public async Task GoLiveAsync(ConferenceId conference, int lecture)
    {
        var grain = Grains.GetGrain<ILectureGrain>($"{conference}-{lecture}");
        Assert.IsType<LectureDone>(
            await grain.DecideAsync(LectureCaller.System, new OpenRoom { CommandId = Guid.NewGuid(), Conference = conference })
        );
        Assert.IsType<LectureDone>(
            await grain.DecideAsync(LectureCaller.System, new SetStage { CommandId = Guid.NewGuid(), Stage = LectureStage.Live })
        );
    }

    public async Task<Certificate> IssueAsync(ConferenceId conference, Member who)
    {
        using var response = await Http(who).PostAsJsonAsync($"api/conferences/{conference}/certificates", new { body = Body.Value });
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        return (await response.Content.ReadFromJsonAsync<Certificate>(HubJson.Options))!;
    }

    public HttpClient Http(Member? viewer)
    {
        var http = Hub.CreateDefaultClient();
        http.DefaultRequestHeaders.Add("X-Hub", "1");
        if (viewer is not null)
            http.DefaultRequestHeaders.Add("Cookie", Hub.CookieOf(viewer));
        return http;
    }

    public async Task<T> GetAsync<T>(Member? viewer, string path) => (await Http(viewer).GetFromJsonAsync<T>(path, HubJson.Options))!;

    public static async Task<(int Status, string? Code)> RefusedAsync(Task<HttpResponseMessage> request)
    {
        var (status, problem) = await Caller.ProblemAsync(await request);
        return ((int)status, problem.Code);
    }

    public ValueTask DisposeAsync() => Hub.DisposeAsync();
}
