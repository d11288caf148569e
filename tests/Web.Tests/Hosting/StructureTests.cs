using ArchUnitNET.Domain;
using ArchUnitNET.Loader;
using ArchUnitNET.xUnitV3;
using ConsultHub.Live;
using ConsultHub.Web;
using static ArchUnitNET.Fluent.ArchRuleDefinition;

namespace ConsultHub.Tests.Hosting;

/// <summary>Features depend on each other in one direction only, and shared code depends on no feature.</summary>
public sealed class StructureTests
{
    private static readonly Architecture Grains = new ArchLoader().LoadAssembly(typeof(TopicItem).Assembly).Build();
    private static readonly Architecture Web = new ArchLoader().LoadAssembly(typeof(Access).Assembly).Build();

    [Theory]
    [InlineData("ConsultHub")]
    [InlineData("ConsultHub.Web")]
    public void Feature_folders_form_no_circle(string root)
    {
        var edges = Edges(root == "ConsultHub" ? Grains : Web, root).ToLookup(e => e.From);
        var left = edges.Select(folder => folder.Key).ToHashSet();
        // A folder that depends on none of the remaining folders is on no circle.
        while (left.RemoveWhere(folder => !edges[folder].Any(e => left.Contains(e.To))) > 0) { }
        Assert.Empty(left.SelectMany(folder => edges[folder].Where(e => left.Contains(e.To))).Select(e => $"{e.From} -> {e.To}: {e.Why}"));
    }

    /// <summary>The dependencies between the folders below a root. A folder within a feature belongs to the feature.</summary>
    private static IEnumerable<(string From, string To, string Why)> Edges(Architecture architecture, string root) =>
        from type in architecture.Types
        from dependency in type.Dependencies
        let ends = (From: FolderOf(type, root), To: FolderOf(dependency.Target, root))
        where ends.From is not null && ends.To is not null && ends.From != ends.To
        group $"{type.FullName} uses {dependency.Target.FullName}" by (ends.From, ends.To) into uses
        select (uses.Key.From!, uses.Key.To!, uses.First());

    private static string? FolderOf(IType type, string root) =>
        type.Namespace is { FullName: var name } && name.StartsWith(root + '.', StringComparison.Ordinal)
            ? name[(root.Length + 1)..].Split('.')[0]
            : null;

    /// <summary>
    /// Live and Journal may use each other, because both are shared code. Live in Web may use Hosting and Limits, which are shared too.
    /// </summary>
    [Theory]
    [InlineData("ConsultHub.Live", "Journal")]
    [InlineData("ConsultHub.Journal", "Live")]
    [InlineData("ConsultHub.Web.Live", "Hosting|Limits")]
    public void Shared_code_depends_on_no_feature(string shared, string alsoShared)
    {
        var root = shared[..shared.LastIndexOf('.')];
        var architecture = root == "ConsultHub" ? Grains : Web;
        var features = $@"^{root}\.(?!({shared[(root.Length + 1)..]}|{alsoShared})\b)\w+";
        Types()
            .That()
            .ResideInNamespaceMatching($@"^{shared}($|\.)")
            .Should()
            .NotDependOnAny(Types().That().ResideInNamespaceMatching(features))
            .Check(architecture);
    }

    [Fact]
    public void Grains_do_not_depend_on_ASP_NET_Core() =>
        Assert.DoesNotContain(
            typeof(TopicItem).Assembly.GetReferencedAssemblies(),
            assembly => assembly.Name!.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal)
        );
}
