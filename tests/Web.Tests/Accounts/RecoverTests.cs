using System.Diagnostics;
using System.Net;
using ConsultHub.Silo;
using ConsultHub.Tests.Fixtures;
using static ConsultHub.Tests.Accounts.NewPerson;

namespace ConsultHub.Tests.Accounts;

public sealed class RecoverTests
{
    private const string NewPassword = "another horse battery";

    [Fact]
    public async Task An_operator_makes_a_switched_off_person_an_administrator_again()
    {
        await using var hub = await HubHost.StartAsync(environment: new Dictionary<string, string> { ["Hub__SignIn__FactorFor"] = "none" });
        var (caller, person, _) = await JoinAsync(hub.Address, "attendee");
        using var _ = caller;
        var userName = (await DoAsync(caller.Http, "GET", "api/me")).GetProperty("userName").GetString()!;
        using var admin = await Caller.SignInAsync(hub.Address, "p-admin");
        await DoAsync(admin.Http, "PUT", $"api/people/{person}/activation", new { commandId = Guid.NewGuid(), active = false });
        var (inUse, _, _) = await RunAsync(hub, userName, "--administrator");
        Assert.Equal(1, inUse);
        hub.Kill();

        Assert.Equal(1, (await RunAsync(hub, userName)).Code);
        var (code, output, errors) = await RunAsync(hub, userName, "--administrator");
        Assert.True(code == 0, errors);
        var token = output.Split("/invitation#")[1].Trim();

        await hub.RestartAsync();
        using var back = Caller.Nobody(hub.Address);
        await DoAsync(back.Http, "POST", "api/invitations/acceptance", new { token, password = NewPassword });
        var history = await DoAsync(back.Http, "GET", $"api/people/{person}/history");
        var newest = history[0];
        Assert.Equal(("recover", "hub-system"), (newest.GetProperty("what").GetString(), newest.GetProperty("by").GetString()));
        Assert.NotEmpty(newest.GetProperty("reason").GetString()!);
        Assert.Equal(
            (HttpStatusCode.NotFound, "link.unknown"),
            await RefusedAsync(back.Http, "POST", "api/invitations/acceptance", new { token, password = NewPassword })
        );
        using var signedIn = Caller.Nobody(hub.Address);
        await DoAsync(signedIn.Http, "POST", "api/session", new { userName, password = NewPassword });
        await DoAsync(signedIn.Http, "GET", "api/people");
    }

    private static async Task<(int Code, string Output, string Errors)> RunAsync(HubHost hub, params string[] args)
    {
        using var process = Process.Start(
            new ProcessStartInfo("dotnet", [typeof(Program).Assembly.Location, "recover", .. args])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                Environment = { ["Hub__DataPath"] = hub.DataPath, ["DOTNET_gcServer"] = "0" },
            }
        )!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await errors);
    }
}
