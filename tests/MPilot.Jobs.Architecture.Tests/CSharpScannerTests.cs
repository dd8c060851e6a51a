using MPilot.Jobs.Architecture.Tests.Sources;

namespace MPilot.Jobs.Architecture.Tests;

public sealed class CSharpScannerTests
{
    // An underscore stands for a blanked character.
    [Theory]
    [InlineData("""a("x\"y"); b""", """a("____"); b""")]
    [InlineData("""a(@"x\"); b""", """a(@"__"); b""")]
    [InlineData("""a(@"x""y"); b""", """a(@"____"); b""")]
    [InlineData("""a('"'); b('\''); c""", """a('_'); b('__'); c""")]
    [InlineData("""a('\u0041'); b""", """a('______'); b""")]
    [InlineData("""a("//"); b // c""", """a("__"); b ____""")]
    [InlineData("""a /* "b */ c""", """a ________ c""")]
    [InlineData("""$"x{a("y")}z{b:HH':'mm}" c""", """$"_{a("_")}_{b________}" c""")]
    [InlineData("""$"{{x}}{a}" b""", """$"_____{a}" b""")]
    [InlineData("""$@"x\{a}"" " b""", """$@"__{a}___" b""")]
    [InlineData("""$"{(a ? b : c)}{global::D}" e""", """$"{(a ? b : c)}{global::D}" e""")]
    [InlineData("\"\"\"x \"y\" // z\"\"\" + b", "\"\"\"__________\"\"\" + b")]
    [InlineData("$$\"\"\"{x} {{a}}\"\"\" + b", "$$\"\"\"____{{a}}\"\"\" + b")]
    [InlineData("\"\" + b + \"\"", "\"\" + b + \"\"")]
    [InlineData("#region Bob's \"own\nlock(x)", "#region Bob's \"own\nlock(x)")]
    [InlineData("@class x", "@class x")]
    public void Code_OfAFile_BlanksCommentsAndLiterals(string text, string code) => new SourceFile("X.cs", text).Code.ShouldBe(code.Replace('_', ' '));

    [Fact]
    public void Comments_OfAFile_BlanksTheRest() => new SourceFile("X.cs", "a(\"// no\"); // yes\nb").Comments.ShouldBe("            // yes\n ");

    [Theory]
    [InlineData("\"unclosed\nb")]
    [InlineData("\"\"\"unclosed")]
    [InlineData("$\"{unclosed")]
    [InlineData("/* unclosed")]
    [InlineData("'")]
    [InlineData("'\\")]
    [InlineData("\"\\")]
    [InlineData("$@")]
    public void Code_OfBrokenText_KeepsItsLength(string text) => new SourceFile("X.cs", text).Code.Length.ShouldBe(text.Length);
}
