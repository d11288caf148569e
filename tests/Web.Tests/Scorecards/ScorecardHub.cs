using System.Collections.Immutable;
using System.Net.Http.Json;
using ConsultHub.Accounts;
using ConsultHub.Consultants;
using ConsultHub.Hospitals;
using ConsultHub.Networks;
using ConsultHub.Records;
using ConsultHub.Rostering;
using ConsultHub.Scorecards;
using ConsultHub.Tests.Fixtures;
using ConsultHub.Web.Scorecards;
using Microsoft.Extensions.DependencyInjection;

namespace ConsultHub.Tests.Scorecards;

/// <summary>
/// A hub without the demo, and a network with three hospitals, two partners and any consultants. Tests fill its year 2025 by commands.
/// </summary>
internal sealed class ScorecardHub : IAsyncDisposable
{
    public static readonly HospitalId[] Places = [new("h-a"), new("h-b"), new("h-c")];
    public static readonly PartnerId[] Partners = [new("asan"), new("other")];
    public static readonly DateTimeOffset Year = new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public const string Period = "from=2025-01-01&to=2025-12-31";

    public InProcessHub Hub { get; init; } = new();

    public IGrainFactory Grains => Hub.Services.GetRequiredService<IGrainFactory>();

    /// <summary>All checks of places are off, because the tests are about what is counted.</summary>
    public async Task SeedAsync(IEnumerable<Consultant> consultants, IEnumerable<string> specialties)
    {
        await Grains
            .GetGrain<ISpecialtiesGrain>("hub")
            .EditAsync(Actor.System, new(Guid.NewGuid(), [.. specialties.Select(s => RecordEdit.Put(new Specialty(s, null, new(s))))]));
        await Grains
            .GetGrain<INetworkGrain>("ehs")
            .PutAsync(
                Actor.System,
                new Network
                {
                    Id = new("ehs"),
                    Name = new("EHS"),
                    TimeZone = "Asia/Dubai",
                    Partners = [.. Partners.Select(p => new Partner(p, new(p.Value), "Asia/Seoul"))],
                    Policy = new()
                    {
                        ConsultantOverlap = Strictness.Ignore,
                        RoomOverlap = Strictness.Ignore,
                        Credential = Strictness.Ignore,
                        Visit = Strictness.Ignore,
                        Closure = Strictness.Ignore,
                        Travel = Strictness.Ignore,
                        Rest = Strictness.Ignore,
                        WorkingHours = Strictness.Ignore,
                        RoomCapacity = Strictness.Ignore,
                        HospitalLimit = Strictness.Ignore,
                    },
                }
            );
        foreach (var id in Places)
            await Grains
                .GetGrain<IHospitalGrain>(id.Value)
                .PutAsync(
                    Actor.System,
                    new Hospital
                    {
                        Id = id,
                        Network = new("ehs"),
                        Name = new(id.Value),
                        City = "Dubai",
                        TimeZone = "Asia/Dubai",
                    }
                );
        await Task.WhenAll(consultants.Select(c => Grains.GetGrain<IConsultantGrain>(c.Id.Value).PutAsync(Actor.System, c)));
    }

    public static Consultant NewConsultant(string id, string specialty, PartnerId? home, params ImmutableArray<Visit> visits) =>
        new()
        {
            Id = new(id),
            Name = new(id),
            Specialties = [specialty],
            HomeTimeZone = "Asia/Seoul",
            Home = home,
            Networks = [new("ehs")],
            Visits = visits,
        };

    public static Plan NewPlan(
        string id,
        EngagementKind kind,
        HospitalId hospital,
        string specialty,
        DateTimeOffset start,
        params ImmutableArray<PersonId> consultants
    ) =>
        new()
        {
            CommandId = Guid.NewGuid(),
            Engagement = new(id),
            Kind = kind,
            Title = id,
            Hospital = hospital,
            Specialty = specialty,
            Consultants = consultants,
            Start = start,
            End = start.AddHours(1),
            Confirmed = true,
            Quiet = true,
        };

    public static Complete Done(Plan plan, Work? work = null) =>
        new()
        {
            CommandId = Guid.NewGuid(),
            Engagement = plan.Engagement,
            Work = work,
        };

    public static Week WeekOf(DateTimeOffset start) => Week.Of(start, TimeZoneInfo.FindSystemTimeZoneById("Asia/Dubai"));

    public Task<RosterReply> DecideAsync(DateTimeOffset start, RosterCommand command) =>
        Grains.GetGrain<IRosterGrain>($"ehs/{WeekOf(start)}").DecideAsync(Actor.System, command);

    /// <summary>Decides the commands of each week together. All of them must be decided.</summary>
    public Task DecideAllAsync(IEnumerable<(DateTimeOffset Start, RosterCommand Command)> commands) =>
        Task.WhenAll(
            commands
                .GroupBy(c => WeekOf(c.Start), c => c.Command)
                .Select(async week =>
                {
                    foreach (var some in week.Chunk(CommandLimits.MostCommands))
                        Assert.All(
                            await Grains.GetGrain<IRosterGrain>($"ehs/{week.Key}").DecideAllAsync(Actor.System, [.. some]),
                            reply => Assert.IsType<Decided>(reply)
                        );
                })
        );

    public HttpClient As(Role role, HospitalId? hospital = null, PartnerId? partner = null)
    {
        var http = Hub.CreateDefaultClient();
        http.DefaultRequestHeaders.Add("X-Hub", "1");
        var scope = new GrantScope
        {
            Network = new("ehs"),
            Hospitals = hospital is { } one ? [one] : [],
            Partner = partner,
        };
        http.DefaultRequestHeaders.Add(
            "Cookie",
            Hub.CookieOf(new Member(new($"p-{role}-{hospital}-{partner}".ToLowerInvariant()), role, new("ehs")) { Scope = scope })
        );
        return http;
    }

    /// <summary>The figures of the year, by name.</summary>
    public static async Task<Dictionary<Figure, FigureScore>> ReadAsync(HttpClient http, string query = Period) =>
        (
            await http.GetFromJsonAsync<ScorecardsApi.ScorecardAnswer>(
                new Uri($"api/scorecards/ehs?{query}", UriKind.Relative),
                HubJson.Options
            )
        )!.Figures.ToDictionary(f => f.Figure);

    public static async Task<ScorecardsApi.FigureRows> RowsAsync(HttpClient http, string query) =>
        (
            await http.GetFromJsonAsync<ScorecardsApi.FigureRows>(
                new Uri($"api/scorecards/ehs/rows?{query}", UriKind.Relative),
                HubJson.Options
            )
        )!;

    public static async Task<Guid> StoreAsync(HttpClient http, string more = "")
    {
        var id = Guid.NewGuid();
        using var body = new StringContent(
            $$"""{"commandId":"{{id}}","from":"2025-01-01","to":"2025-12-31"{{more}}}""",
            System.Text.Encoding.UTF8,
            "application/json"
        );
        using var answer = await http.PostAsync(new Uri("api/scorecards/ehs/reports", UriKind.Relative), body);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return id;
    }

    public static Task<string> TextAsync(HttpClient http, string path) =>
        http.GetStringAsync(new Uri($"api/scorecards/ehs/{path}", UriKind.Relative));

    public ValueTask DisposeAsync() => Hub.DisposeAsync();
}
