using ConsultHub.Tests.Hosting;

namespace ConsultHub.Tests.Api;

public sealed class HeaderTests(InProcessHub hub) : IClassFixture<InProcessHub>
{
    [Fact]
    public async Task A_page_may_run_and_load_its_own_alone_and_play_what_its_scripts_have_put_together()
    {
        using var client = hub.CreateClient();
        using var answer = await client.GetAsync("health/live");
        var policy = string.Join(' ', answer.Headers.GetValues("Content-Security-Policy")).Split("; ").Select(rule => rule.Split(' ')).ToDictionary(rule => rule[0], rule => rule[1..]);
        Assert.Equal(["'self'"], policy["default-src"]); // and so scripts, workers and fonts
        Assert.DoesNotContain("script-src", policy);
        Assert.Equal(["'self'", "blob:"], policy["media-src"]);
        Assert.DoesNotContain(policy.Where(rule => rule.Key != "media-src"), rule => rule.Value.Contains("blob:"));
        Assert.Equal(["'none'"], policy["frame-ancestors"]);
    }
}
