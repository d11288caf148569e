using System.Collections.Immutable;
using System.Net.Http.Json;
using ConsultHub.Conferences;
using ConsultHub.Directories;
using ConsultHub.Lectures;
using ConsultHub.Live;
using ConsultHub.Silo.Demo;
using ConsultHub.Tests.Fixtures;
using ConsultHub.Web;
using Microsoft.Extensions.DependencyInjection;

namespace ConsultHub.Tests.Lectures;

/// <summary>A hub in this process with one conference of the network ehs, and viewers of all roles.</summary>
public sealed class LectureHub : IAsyncLifetime
{
    public static readonly NetworkId Ehs = new("ehs");
    public static readonly Member Coordinator = new(new("p-coordinator"), Role.Coordinator, Ehs),
        Listener = new(new("p-attendee"), Role.Attendee, Ehs),
        Speaker = new(new("c-speaker"), Role.Consultant, Ehs),
        Colleague = new(new("p-colleague"), Role.Attendee, Ehs),
        Consultant = new(new("c-other"), Role.Consultant, Ehs),
        Display = new(new("p-display"), Role.Display, Ehs),
        Stranger = new(new("p-stranger"), Role.Coordinator, new("elsewhere"));

    private readonly InProcessHub _hub = new();
    private int _sessions;

    public IGrainFactory Grains => _hub.Services.GetRequiredService<IGrainFactory>();

    public async ValueTask InitializeAsync()
    {
        var sessions = Enumerable
            .Range(1, 40)
            .Select(i => new ConferenceSession
            {
                Id = new($"s-{i}"),
                SourceId = $"{i}",
                Title = $"Lecture {i}",
                Start = new(2026, 11, 24, 6, 0, 0, TimeSpan.Zero),
                Duration = TimeSpan.FromMinutes(45),
                Room = "Hall",
                Speakers = [new("Dr Speaker", null, Speaker.Person), new("A guest")],
            });
        var conference = new Conference
        {
            Id = new("congress"),
            Network = Ehs,
            Title = "Congress",
            TimeZone = "Asia/Dubai",
            Rooms = [new("Hall")],
        };
        await Grains.GetGrain<IDirectoryGrain>("hub/networks").PutAsync([new(Ehs.Value, new("EHS"))]);
        await Grains
            .GetGrain<IDirectoryGrain>($"{Ehs}/people")
            .PutAsync([.. DemoPeople.All.Select(p => new DirectoryEntry(p.Id.Value, p.Name))]);
        await Grains
            .GetGrain<IConferenceGrain>("congress")
            .ImportAsync(Coordinator.Actor, Guid.NewGuid(), new Programme(conference, [.. sessions], []));
    }

    /// <summary>A session that no other test uses. Its room is not open yet.</summary>
    public string NewSession() => $"s-{Interlocked.Increment(ref _sessions)}";

    /// <summary>A session that no other test uses, with an open room and a live lecture.</summary>
    public async Task<string> NewLectureAsync()
    {
        var session = NewSession();
        await DoAsync(session, Coordinator, new OpenRoom { CommandId = Guid.NewGuid(), Conference = new("congress") });
        await DoAsync(session, Coordinator, new SetStage { CommandId = Guid.NewGuid(), Stage = LectureStage.Live });
        return session;
    }

    public HttpClient Http(Member? viewer)
    {
        var http = _hub.CreateDefaultClient();
        http.DefaultRequestHeaders.Add("X-Hub", "1");
        if (viewer is not null)
            http.DefaultRequestHeaders.Add("Cookie", _hub.CookieOf(viewer));
        return http;
    }

    public Task<HttpResponseMessage> SendAsync(string session, Member viewer, LectureCommand command) =>
        Http(viewer).PostAsJsonAsync($"api/lectures/{session}/commands", command, HubJson.Options);

    public async Task<LectureDone> DoAsync(string session, Member viewer, LectureCommand command)
    {
        using var response = await SendAsync(session, viewer, command);
        if (!response.IsSuccessStatusCode)
            Assert.Fail($"{command.GetType().Name}: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");
        return (await response.Content.ReadFromJsonAsync<LectureDone>(HubJson.Options))!;
    }

    public async Task<(int Status, string? Code)> RefusedAsync(string session, Member viewer, LectureCommand command)
    {
        var (status, problem) = await Caller.ProblemAsync(await SendAsync(session, viewer, command));
        return ((int)status, problem.Code);
    }

    public async Task<T> GetAsync<T>(Member viewer, string path) => (await Http(viewer).GetFromJsonAsync<T>(path, HubJson.Options))!;

    public async Task<ImmutableArray<TopicItem>> ItemsAsync(Member viewer, string topic) =>
        [.. (await GetAsync<Frame>(viewer, $"api/topics/{topic}")).Items];

    public async Task<int> ApprovedQuestionAsync(string session)
    {
        var number = (await DoAsync(session, Listener, new AskQuestion { CommandId = Guid.NewGuid(), Text = "Why?" })).Number!.Value;
        await DoAsync(
            session,
            Coordinator,
            new ModerateQuestion
            {
                CommandId = Guid.NewGuid(),
                Question = number,
                Verdict = QuestionVerdict.Approve,
            }
        );
        return number;
    }

    public async Task<int> OpenPollAsync(string session, params ImmutableArray<string> choices)
    {
        var number = (
            await DoAsync(
                session,
                Coordinator,
                new DraftPoll
                {
                    CommandId = Guid.NewGuid(),
                    Question = "Which?",
                    Choices = choices,
                }
            )
        ).Number!.Value;
        await DoAsync(
            session,
            Coordinator,
            new SetPoll
            {
                CommandId = Guid.NewGuid(),
                Poll = number,
                State = PollState.Open,
            }
        );
        return number;
    }

    public ValueTask DisposeAsync() => _hub.DisposeAsync();
}
