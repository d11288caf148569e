using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;
using ConsultHub.Web.Certificates;

namespace ConsultHub.Tests.Certificates;

/// <summary>What a third party says about a badge.</summary>
/// <param name="Why">Null if it is valid.</param>
internal sealed record Verdict(bool Valid, string? Why = null, JsonElement Credential = default);

/// <summary>
/// What a third party has when it verifies a badge without a network. The program tests/Badges verifies it with a library for JOSE.
/// </summary>
/// <param name="At">The time at which it is verified. Null for now.</param>
internal sealed record BadgeEvidence(string Badge, CertificatesApi.PublicKeys Keys, string List, DateTimeOffset? At = null)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public async Task<Verdict> VerifyAsync()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Hub.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException("The tests run outside the repository.");
        var path = Path.Combine(folder.FullName, "tests", "Badges");
        Assert.True(Directory.Exists(Path.Combine(path, "node_modules")), "First run: npm --prefix tests/Badges ci");
        using var node = Process.Start(
            new ProcessStartInfo("node", ["verify.mjs"])
            {
                WorkingDirectory = path,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
            }
        )!;
        await node.StandardInput.WriteAsync(JsonSerializer.Serialize(this, Json));
        node.StandardInput.Close();
        var answer = await node.StandardOutput.ReadToEndAsync();
        await node.WaitForExitAsync();
        Assert.Equal(0, node.ExitCode);
        return JsonSerializer.Deserialize<Verdict>(answer, Json)!;
    }
}
