using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ConsultHub.Tests.Fixtures;

namespace ConsultHub.Tests.Accounts;

/// <summary>People who are new to a running hub, and requests that tests of accounts share.</summary>
internal static class NewPerson
{
    public const string Password = "correct horse battery";

    public static object Ehs { get; } = new { network = "ehs" };

    /// <summary>Opens an account and accepts its invitation.</summary>
    public static async Task<(Caller Caller, string Person, string Grant)> JoinAsync(Uri hub, string role, object? scope = null)
    {
        using var admin = await Caller.SignInAsync(hub, "p-admin");
        var invited = await DoAsync(admin.Http, "POST", "api/people", Opening(role, scope ?? Ehs));
        var caller = Caller.Nobody(hub);
        var token = invited.GetProperty("link").GetString()!.Split('#')[1];
        await DoAsync(caller.Http, "POST", "api/invitations/acceptance", new { token, password = Password });
        var account = invited.GetProperty("account");
        return (caller, account.GetProperty("person").GetString()!, account.GetProperty("grants")[0].GetProperty("id").GetString()!);
    }

    public static object Opening(string role, object scope) =>
        new
        {
            commandId = Guid.NewGuid(),
            userName = $"u-{Guid.NewGuid():n}",
            name = new { en = "Somebody new" },
            roles = new[] { new { role, scope } },
        };

    /// <summary>Sends a request that must succeed.</summary>
    public static async Task<JsonElement> DoAsync(HttpClient http, string method, string path, object? body = null)
    {
        using var response = await SendAsync(http, method, path, body);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"{method} {path}: {(int)response.StatusCode} {text}");
        return text.Length == 0 ? default : JsonDocument.Parse(text).RootElement;
    }

    /// <summary>Sends a request that must be refused.</summary>
    public static async Task<(HttpStatusCode Status, string? Code)> RefusedAsync(
        HttpClient http,
        string method,
        string path,
        object? body = null
    )
    {
        var (status, problem) = await Caller.ProblemAsync(await SendAsync(http, method, path, body));
        return (status, problem.Code);
    }

    public static Task<HttpResponseMessage> SendAsync(HttpClient http, string method, string path, object? body = null) =>
        http.SendAsync(new(new(method), path) { Content = body is null ? null : JsonContent.Create(body) });
}
