using System.Net;
using System.Net.Http.Json;
using ConsultHub.Journal;
using ConsultHub.Tests.Fixtures;
using ConsultHub.Web;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Runtime;
using Orleans.Storage;

namespace ConsultHub.Tests.Operations;

public sealed class HealthTests
{
    [Fact]
    public async Task A_node_is_not_ready_while_its_storage_fails_and_is_ready_again_afterwards()
    {
        await using var hub = new InProcessHub();
        var storage = new BreakableStorage();
        var broken = hub.WithWebHostBuilder(builder =>
            builder.ConfigureTestServices(services =>
            {
                var inner = services.Last(s =>
                    s.ServiceType == typeof(IGrainStorage) && Equals(s.ServiceKey, AuthorityServices.StorageName)
                );
                services.AddKeyedSingleton<IGrainStorage>(
                    AuthorityServices.StorageName,
                    (provider, key) => storage.Over((IGrainStorage)inner.KeyedImplementationFactory!(provider, key))
                );
            })
        );
        var http = broken.CreateClient();
        await Eventually.Async(async () => await ReadyAsync(http) is (HttpStatusCode.OK, []));
        storage.IsBroken = true;
        await Eventually.Async(async () => await ReadyAsync(http) is (HttpStatusCode.ServiceUnavailable, ["storage"]));
        storage.IsBroken = false;
        await Eventually.Async(async () => await ReadyAsync(http) is (HttpStatusCode.OK, []));
    }

    [Fact]
    public async Task A_node_that_is_asked_to_stop_is_not_ready_while_it_still_serves()
    {
        await using var hub = new InProcessHub();
        var http = hub.CreateClient();
        await Eventually.Async(async () => await ReadyAsync(http) is (HttpStatusCode.OK, []));
        var life = hub.Services.GetRequiredService<IHostApplicationLifetime>();
        (HttpStatusCode Status, string[] NotReady)? seen = null;
        // this callback runs before anything stops
        using var stopping = life.ApplicationStopping.Register(() => seen = ReadyAsync(http).GetAwaiter().GetResult());
        life.StopApplication();
        Assert.Equal(HttpStatusCode.ServiceUnavailable, seen!.Value.Status);
        Assert.Equal(["stopping"], seen.Value.NotReady);
    }

    private static async Task<(HttpStatusCode, string[])> ReadyAsync(HttpClient http)
    {
        using var response = await http.GetAsync("/health/ready");
        return (response.StatusCode, [.. (await response.Content.ReadFromJsonAsync<HealthApi.Health>(HubJson.Options))!.NotReady]);
    }

    private sealed class BreakableStorage : IGrainStorage
    {
        private IGrainStorage _inner = null!;

        public volatile bool IsBroken;

        public BreakableStorage Over(IGrainStorage inner)
        {
            _inner = inner;
            return this;
        }

        private IGrainStorage Working => IsBroken ? throw new IOException("The disk is gone.") : _inner;

        public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
            Working.ReadStateAsync(stateName, grainId, grainState);

        public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
            Working.WriteStateAsync(stateName, grainId, grainState);

        public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
            Working.ClearStateAsync(stateName, grainId, grainState);
    }
}
