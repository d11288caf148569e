using ConsultHub.Tests;
using Xunit.Sdk;
using Xunit.v3;

[assembly:
    TestCollectionOrderer(typeof(InOrder)),
    TestClassOrderer(typeof(InOrder)),
    TestMethodOrderer(typeof(InOrder)),
    TestCaseOrderer(typeof(InOrder))
]

namespace ConsultHub.Tests;

/// <summary>
/// Runs the tests in the order of their names on every machine. Without this class the order depends on the path of the folder. No test
/// may depend on the order. If HUB_TEST_SHUFFLE is set to any word, the order changes, and the same word always gives the same order.
/// </summary>
public sealed class InOrder : ITestCollectionOrderer, ITestClassOrderer, ITestMethodOrderer, ITestCaseOrderer
{
    private static readonly string? Shuffle = Environment.GetEnvironmentVariable("HUB_TEST_SHUFFLE");

    public IReadOnlyCollection<T> OrderTestCollections<T>(IReadOnlyCollection<T> testCollections)
        where T : ITestCollection => By(testCollections, c => c.TestCollectionDisplayName);

    public IReadOnlyCollection<T?> OrderTestClasses<T>(IReadOnlyCollection<T?> testClasses)
        where T : ITestClass => By(testClasses, c => c?.TestClassName);

    public IReadOnlyCollection<T?> OrderTestMethods<T>(IReadOnlyCollection<T?> testMethods)
        where T : ITestMethod => By(testMethods, m => m?.MethodName);

    public IReadOnlyCollection<T> OrderTestCases<T>(IReadOnlyCollection<T> testCases)
        where T : ITestCase => By(testCases, c => c.TestCaseDisplayName);

    private static T[] By<T>(IReadOnlyCollection<T> all, Func<T, string?> name) =>
        [
            .. all.OrderBy(
                one =>
                    Shuffle is null
                        ? name(one)
                        : Convert.ToHexString(
                            System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(Shuffle + name(one)))
                        ),
                StringComparer.Ordinal
            ),
        ];
}
