using ConsultHub.Tests.Fixtures;

namespace ConsultHub.Tests.Hosting;

public sealed class HeaderTests(InProcessHub hub) : IClassFixture<InProcessHub>
{
    [Fact]
    public async Task The_content_security_policy_allows_only_the_hubs_files_and_media_that_scripts_create()
    {
        using var client = hub.CreateClient();
        using var answer = await client.GetAsync("health/live");
        var policy = string.Join(' ', answer.Headers.GetValues("Content-Security-Policy"));
        // script-src also covers workers, and default-src covers fonts; reading QR codes needs WebAssembly
        Assert.StartsWith("default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; ", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("'unsafe-eval'", policy, StringComparison.Ordinal);
        Assert.Contains("; media-src 'self' blob:; ", policy, StringComparison.Ordinal);
        Assert.Equal(2, policy.Split("blob:").Length); // only media may use blob:
        Assert.Contains("; connect-src 'self' ws://localhost wss://localhost; ", policy, StringComparison.Ordinal); // no other host
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
    }
}
