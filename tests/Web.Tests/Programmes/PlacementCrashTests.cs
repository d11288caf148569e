using System.Net;
using ConsultHub.Programmes;
using ConsultHub.Tests.Fixtures;
using ConsultHub.Tests.Records;

namespace ConsultHub.Tests.Programmes;

/// <summary>A hub that is killed again and again while places are offered, accepted, given up, and people are placed.</summary>
public sealed class PlacementCrashTests
{
    private const int Places = 2;

    private static readonly DateOnly Today = DateOnly.FromDateTime(DateTime.UtcNow);
    private static readonly string[] People = ["p-trainee", "p-trainee-2", "p-trainee-3", "p-trainee-4"];

    private readonly Random _random = new(13);

    [Fact]
    public async Task Kills_between_offer_acceptance_and_placement_lose_nothing_and_give_no_place_twice()
    {
        await using var host = await HubHost.StartAsync();
        using var coordinator = await Caller.SignInAsync(host.Address, "p-coordinator");
        using var director = await Caller.SignInAsync(host.Address, "p-director");
        using var reviewer = await Caller.SignInAsync(host.Address, "p-reviewer");
        var trainees = new Dictionary<string, Caller>();
        foreach (var person in People)
            trainees[person] = await Caller.SignInAsync(host.Address, person);
        foreach (var id in (string[])["one", "two"])
            await EnterAsync(coordinator, id);
        foreach (var person in People)
        {
            await DecideAsync(trainees[person], "apply", "");
            foreach (var by in (Caller[])[director, reviewer])
                await DecideAsync(by, "review", $""","person":"{person}","score":4,"recommendation":"recommend" """);
        }
        await DecideAsync(director, "rank", $""","people":["{string.Join("\",\"", People)}"]""");
        await PutAsync(coordinator, "api/programmes/one/cohorts/c", Cohort(closed: true));

        await KilledAsync(host, () => DecideAsync(director, "offer", ""));
        List<string> placed = [];
        // Everybody accepts and is placed. Every second person then gives up the place, so the next person is offered it.
        for (var round = 0; await OfferedAsync(director) is { } person; round++)
        {
            await KilledAsync(host, () => DecideAsync(trainees[person], "answer", ""","accept":true"""));
            await KilledAsync(host, () => PutAsync(coordinator, $"api/programmes/one/rotations/{person}", Rotation(person)));
            Assert.True(await AcceptedAsync(director) <= Places);
            if (round % 2 == 0)
                await KilledAsync(host, () => DecideAsync(trainees[person], "withdraw", ""));
            else
                placed.Add(person);
        }
        Assert.Equal(Places, placed.Count);
        Assert.Equal(Places, await AcceptedAsync(director));
        // Whoever has a rotation cannot be elsewhere. Whoever gave up the place can.
        foreach (var person in People)
        {
            var isPlaced = placed.Contains(person);
            using var known = await coordinator.Http.GetAsync($"api/programmes/one/rotations/{person}");
            Assert.Equal(isPlaced ? HttpStatusCode.OK : HttpStatusCode.NotFound, known.StatusCode);
            await DecideAsync(trainees[person], "apply", "", "two");
            await Eventually.Async(async () =>
            {
                using var other = await SendPutAsync(coordinator, $"api/programmes/two/rotations/{person}", Rotation(person));
                if (isPlaced)
                    Assert.Equal(HttpStatusCode.Conflict, other.StatusCode);
                return isPlaced || other.IsSuccessStatusCode;
            });
        }
    }

    /// <summary>
    /// Begins an operation, kills the hub a moment later, starts it again, and has the operation repeated until it is done.
    /// </summary>
    private async Task KilledAsync(HubHost host, Func<Task> operation)
    {
        var running = operation();
        await Task.Delay(_random.Next(40), TestContext.Current.CancellationToken);
        host.Kill();
        await host.RestartAsync();
        await running;
    }

    /// <summary>The command keeps its id in all attempts.</summary>
    private static Task DecideAsync(Caller by, string type, string members, string programme = "one")
    {
        var command = $$"""{"type":"{{type}}","commandId":"{{Guid.NewGuid()}}","cohort":"c"{{members}}}""";
        return UntilDoneAsync(() => by.Http.PostAsync($"api/programmes/{programme}/commands", EnteredNetwork.JsonContent(command)));
    }

    private static Task PutAsync(Caller by, string path, string json) =>
        UntilDoneAsync(async () =>
        {
            using var known = await by.Http.GetAsync(path);
            return await SendPutAsync(by, path, json, isKnown: known.IsSuccessStatusCode);
        });

    private static Task<HttpResponseMessage> SendPutAsync(Caller by, string path, string json, bool isKnown = false)
    {
        var request = new HttpRequestMessage(HttpMethod.Put, path) { Content = EnteredNetwork.JsonContent(json) };
        if (isKnown)
            request.Headers.TryAddWithoutValidation("If-Match", "*");
        return by.Http.SendAsync(request);
    }

    private static Task UntilDoneAsync(Func<Task<HttpResponseMessage>> attempt) =>
        Eventually.Async(async () =>
        {
            try
            {
                using var answer = await attempt();
                Assert.True(
                    answer.IsSuccessStatusCode || answer.StatusCode >= HttpStatusCode.InternalServerError,
                    await answer.Content.ReadAsStringAsync()
                );
                return answer.IsSuccessStatusCode;
            }
            catch (HttpRequestException)
            {
                return false; // the hub was killed
            }
        });

    private static async Task<IEnumerable<Application>> ApplicationsAsync(Caller by) =>
        (await by.GetTopicAsync("programme/one/applications")).Items.OfType<Application>();

    private static async Task<string?> OfferedAsync(Caller by) =>
        (await ApplicationsAsync(by)).FirstOrDefault(a => a.Status == ApplicationStatus.Offered)?.Person.Value;

    private static async Task<int> AcceptedAsync(Caller by) =>
        (await ApplicationsAsync(by)).Count(a => a.Status == ApplicationStatus.Accepted);

    /// <summary>The first programme selects people. The second gives its places in the order of the applications.</summary>
    private static async Task EnterAsync(Caller coordinator, string id)
    {
        await PutAsync(
            coordinator,
            $"api/programmes/{id}",
            $$"""
            {"network":"ehs","kind":"fellowship","name":{"en":"Programme {{id}}"},"summary":{"en":"A month."},"partner":"asan",
            "hospitals":[],"atPartner":true,"languages":["en"],"director":"p-director","reviewsPerSide":1,
            "admission":"{{(id == "one" ? "selection" : "firstCome")}}","public":false}
            """
        );
        await PutAsync(coordinator, $"api/programmes/{id}/cohorts/c", Cohort(closed: false, id == "one" ? Places : 10));
        await PutAsync(coordinator, $"api/programmes/{id}/departments/unit", """{"name":{"en":"Unit"},"capacity":10}""");
    }

    private static string Cohort(bool closed, int places = Places) =>
        $$"""
            {"name":{"en":"Next"},"from":"{{Today.AddDays(400):yyyy-MM-dd}}","to":"{{Today.AddDays(460):yyyy-MM-dd}}",
            "applyBy":"{{Today.AddDays(closed ? -1 : 10):yyyy-MM-dd}}T00:00:00Z","places":{{places}},"answerDays":7}
            """;

    private static string Rotation(string person) =>
        $$"""
            {"cohort":"c","person":"{{person}}","department":"unit","from":"{{Today.AddDays(410):yyyy-MM-dd}}",
            "to":"{{Today.AddDays(420):yyyy-MM-dd}}","supervisor":"p-supervisor"}
            """;
}
