using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;
using ConsultHub.Tests.Fixtures;
using MimeKit;

namespace ConsultHub.Tests.Mail;

/// <summary>A mail that the server has taken.</summary>
internal sealed record TakenMail(string From, string[] To, bool Secure, string Raw)
{
    [JsonIgnore]
    public MimeMessage Message { get; } = MimeMessage.Load(new MemoryStream(Convert.FromBase64String(Raw)));

    /// <summary>The first line of the text that contains a link with a secret.</summary>
    [JsonIgnore]
    public string Link =>
        Message.TextBody!.Split('\n', StringSplitOptions.TrimEntries).First(line => line.Contains('#', StringComparison.Ordinal));

    [JsonIgnore]
    public string Secret => Link.Split('#')[1];
}

internal sealed record ServerState(TakenMail[] Taken, string[] Users, int Connections, int Held);

/// <summary>A real mail server (tests/Smtp). A test can make it refuse, wait or be away.</summary>
internal sealed class MailServer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private readonly int _controlPort = HubHost.FreePort();
    private readonly HttpClient _control = new();
    private Process? _server;

    public int Port { get; } = HubHost.FreePort();

    /// <summary>The settings with which a hub sends its mails here.</summary>
    public Dictionary<string, string> Settings =>
        new()
        {
            ["Hub:Mail:Host"] = "127.0.0.1",
            ["Hub:Mail:Port"] = $"{Port}",
            ["Hub:Mail:Security"] = "None",
            ["Hub:Mail:From"] = "hub@hub.example",
            ["Hub:PublicUrl"] = "https://hub.example",
        };

    public async Task StartAsync()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Hub.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException("The tests run outside the repository.");
        var path = Path.Combine(folder.FullName, "tests", "Smtp");
        Assert.True(Directory.Exists(Path.Combine(path, "node_modules")), "First run: npm --prefix tests/Smtp ci");
        _server = Process.Start(new ProcessStartInfo("node", ["server.mjs", $"{Port}", $"{_controlPort}"]) { WorkingDirectory = path })!;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Stop();
        for (var since = Stopwatch.StartNew(); ; await Task.Delay(50))
            try
            {
                await StateAsync();
                return;
            }
            catch (HttpRequestException) when (since.Elapsed < Patience && !_server.HasExited)
            {
                // The server is still starting.
            }
    }

    public async Task<ServerState> StateAsync() =>
        (await _control.GetFromJsonAsync<ServerState>($"http://127.0.0.1:{_controlPort}/test/state", Json))!;

    public async Task<TakenMail[]> TakenAsync(string address) => [.. (await StateAsync()).Taken.Where(m => m.To.Contains(address))];

    /// <summary>Waits until exactly this many mails to an address have arrived, and returns the newest.</summary>
    public async Task<TakenMail> ReceivedAsync(string address, int count = 1)
    {
        await Eventually.Async(async () => (await TakenAsync(address)).Length >= count);
        var taken = await TakenAsync(address);
        Assert.Equal(count, taken.Length);
        return taken[^1];
    }

    /// <summary>How the server answers from now on, see tests/Smtp/server.mjs.</summary>
    public Task AnswerAsync(object mode) => PutAsync("mode", mode);

    public Task BeAwayAsync() => PutAsync("away", new { });

    /// <summary>Ends all connections and listens again.</summary>
    public Task ListenAsync(object? settings = null) => PutAsync("server", settings ?? new { });

    /// <summary>Confirms the mails that the server has taken but not confirmed yet.</summary>
    public Task ReleaseAsync() => PutAsync("release", new { });

    public Task ForgetAsync() => PutAsync("forget", new { });

    private async Task PutAsync(string what, object body)
    {
        using var response = await _control.PutAsJsonAsync($"http://127.0.0.1:{_controlPort}/test/{what}", body);
        response.EnsureSuccessStatusCode();
    }

    private void Stop()
    {
        if (Interlocked.Exchange(ref _server, null) is not { } server)
            return;
        server.Kill();
        server.WaitForExit();
        server.Dispose();
    }

    public ValueTask DisposeAsync()
    {
        Stop();
        _control.Dispose();
        return ValueTask.CompletedTask;
    }
}
