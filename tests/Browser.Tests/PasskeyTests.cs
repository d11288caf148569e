using ConsultHub.Tests.Fixtures;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ConsultHub.Tests;

/// <summary>Passkeys with a virtual device of Chromium.</summary>
public sealed class PasskeyTests(Screens screens)
{
    private const string Password = "correct horse battery";

    [Fact]
    public async Task A_person_adds_a_passkey_signs_in_with_it_gives_it_again_and_removes_it()
    {
        Assert.SkipWhen(Chromium.Path is null, "There is no Chromium on this machine.");
        // A passkey belongs to a domain, and 127.0.0.1 is not one. Coordinators need no factor here, so they may remove the last one.
        await using var host = await HubHost.StartAsync(
            environment: new Dictionary<string, string>
            {
                ["Hub__SignIn__FactorFor"] = "administrator",
                ["Hub__SignIn__FactorLasts"] = "00:00:05",
            }
        );
        var hub = new Uri($"http://localhost:{host.Address.Port}/");
        var administrator = await screens.OpenAsync("p-admin", "/accounts", hub: hub);
        var (_, link) = await InviteAsync(administrator, "coordinator");
        var (other, _) = await InviteAsync(administrator, "attendee");

        var page = await screens.OpenAsync(null, link, hub: hub);
        var device = await page.Context.NewCDPSessionAsync(page);
        await device.SendAsync("WebAuthn.enable");
        await device.SendAsync(
            "WebAuthn.addVirtualAuthenticator",
            new()
            {
                ["options"] = new
                {
                    protocol = "ctap2",
                    transport = "internal",
                    hasResidentKey = true,
                    hasUserVerification = true,
                    isUserVerified = true,
                },
            }
        );
        await page.Locator("input[name=new-password]").FillAsync(Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Set the password and sign in" }).ClickAsync();
        await Expect(page.Locator("header")).ToBeVisibleAsync();

        await page.GotoAsync("/account");
        await Expect(page.Locator("[data-second-factor=false]")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Add a passkey" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.Locator("input[name=name]").FillAsync("My laptop");
        await dialog.Locator("input[name=password]").FillAsync(Password);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Go on" }).ClickAsync();
        await Expect(page.Locator("[data-own-passkey]")).ToContainTextAsync("My laptop");
        await Expect(page.Locator("[data-own-passkey]")).ToContainTextAsync("Not used yet");
        await Expect(page.Locator("[data-second-factor=true]")).ToBeVisibleAsync();

        await page.Locator("header button[aria-haspopup=menu]").Last.ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "Switch person" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in with a passkey" }).ClickAsync();
        await Expect(page.Locator("header")).ToBeVisibleAsync();

        await page.GotoAsync($"/accounts/{other}");
        await FactorIsOldAsync(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "New link" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Make the link" }).ClickAsync();
        await page.Locator("[data-factor] [data-passkey]").ClickAsync();
        await Expect(page.Locator("[data-secret]")).ToBeVisibleAsync();

        await page.GotoAsync("/account");
        await Expect(page.Locator("[data-own-passkey]")).ToContainTextAsync("Last used");
        await FactorIsOldAsync(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove the passkey" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Remove", Exact = true }).ClickAsync();
        await page.Locator("[data-factor] [data-passkey]").ClickAsync();
        await Expect(page.Locator("[data-second-factor=false]")).ToBeVisibleAsync();
        await Expect(page.Locator("[data-own-passkey]")).ToHaveCountAsync(0);
        Assert.Empty(screens.Faults);
    }

    /// <summary>Opens an account. Returns the person, and the page at which they choose a password.</summary>
    private static async Task<(string Person, string Link)> InviteAsync(IPage administrator, string role)
    {
        var invited = await Screens.SendAsync(
            administrator,
            "POST",
            "api/people",
            new
            {
                commandId = Guid.NewGuid(),
                userName = $"u-{Guid.NewGuid():n}",
                name = new { en = $"A new {role}" },
                roles = new[] { new { role, scope = new { network = "ehs" } } },
            }
        );
        return (invited.GetProperty("account").GetProperty("person").GetString()!, invited.GetProperty("link").GetString()!);
    }

    /// <summary>Waits until the hub demands the second factor again.</summary>
    private static Task FactorIsOldAsync(IPage page) =>
        Eventually.Async(async () =>
        {
            var answer = await page.APIRequest.PostAsync(
                "api/me/identities",
                new() { DataObject = new { provider = "none" }, Headers = [new("X-Hub", "1")] }
            );
            return (await answer.TextAsync()).Contains("session.factor-again", StringComparison.Ordinal);
        });
}
