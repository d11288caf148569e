using ConsultHub.Tests.Hosting;

namespace ConsultHub.Tests.Api;

public sealed class HeaderTests(InProcessHub hub) : IClassFixture<InProcessHub>
{
    [Fact]
    public async Task A_page_may_run_and_load_its_own_alone_and_play_what_its_scripts_have_put_together()
    {
        using var client = hub.CreateClient();
        using var answer = await client.GetAsync("health/live");
        var policy = string.Join(' ', answer.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; ", policy, StringComparison.Ordinal); // and so workers and fonts; WebAssembly reads QR codes
        Assert.DoesNotContain("'unsafe-eval'", policy, StringComparison.Ordinal);
        Assert.Contains("; media-src 'self' blob:; ", policy, StringComparison.Ordinal);
        Assert.Equal(2, policy.Split("blob:").Length); // nowhere else
        Assert.Contains("; connect-src 'self' ws://localhost wss://localhost; ", policy, StringComparison.Ordinal); // and no other host
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
    }
}
