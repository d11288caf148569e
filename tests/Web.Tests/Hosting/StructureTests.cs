using ArchUnitNET.Domain;
using ArchUnitNET.Fluent.Slices;
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

    [Fact]
    public void Feature_folders_of_the_grains_form_no_circle() =>
        SliceRuleDefinition.Slices().Matching("ConsultHub.(*)..").Should().BeFreeOfCycles().Check(Grains);

    [Fact]
    public void Feature_folders_of_the_web_form_no_circle() =>
        SliceRuleDefinition.Slices().Matching("ConsultHub.Web.(*)..").Should().BeFreeOfCycles().Check(Web);

    /// <summary>Journal is the part of shared code that Live is built with.</summary>
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
