/** A program that registers nothing. */
import "@pulumi/pulumi";
